import type { WidgetContext } from '@mon/ui-kit'

/** Click handler of links within the shell: goes there without a reload. */
export function follow(ctx: WidgetContext): (event: MouseEvent) => void {
  return (event) => {
    const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    const link = event.currentTarget
    if (isModified || event.button !== 0 || !(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    ctx.navigate(link.pathname + link.search)
  }
}

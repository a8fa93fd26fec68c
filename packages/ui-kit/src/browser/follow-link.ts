/** Click handler of links within the shell: goes there without a reload, unless another tab is wanted. */
export function followLink(navigate: (to: string) => void): (event: MouseEvent) => void {
  return (event) => {
    const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    const link = event.currentTarget
    if (isModified || event.button !== 0 || !(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    navigate(link.pathname + link.search)
  }
}

import type { WidgetContext } from '@mon/ui-kit'

/** The same count in a column of the overview's table, whose header has the name. */
class OpenFilesCell extends HTMLElement {
  /** Both are set by the shell before the element enters the page. */
  ctx?: WidgetContext
  serverId?: string

  #undo: (() => void)[] = []

  connectedCallback(): void {
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return
    const show = () => {
      const count = ctx.store.get<number | null>(serverId, 'open_files')
      this.textContent =
        typeof count === 'number' ? new Intl.NumberFormat(ctx.i18n.locale).format(count) : '–'
    }
    this.#undo = [ctx.store.subscribe(serverId, 'open_files', show), ctx.i18n.onChange(show)]
    show()
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo) undo()
  }
}

customElements.define('open-files-cell', OpenFilesCell)

import type { WidgetContext } from '@mon/ui-kit'

/** One line on a server's card: how many files it holds open. */
class OpenFilesLine extends HTMLElement {
  /** Both are set by the shell before the element enters the page. */
  ctx?: WidgetContext
  serverId?: string

  #undo: (() => void)[] = []

  connectedCallback(): void {
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return
    const show = () => this.#show(ctx, serverId)
    this.#undo = [ctx.store.subscribe(serverId, 'open_files', show), ctx.i18n.onChange(show)]
    show()
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo) undo()
  }

  #show({ store, i18n }: WidgetContext, serverId: string): void {
    const count = store.get<number | null>(serverId, 'open_files')
    const value = document.createElement('b')
    value.textContent =
      typeof count === 'number'
        ? new Intl.NumberFormat(i18n.locale).format(count)
        : i18n.t('open-files.unknown')
    this.replaceChildren(`${i18n.t('open-files.label')} `, value)
  }
}

// Tokens only: the shell's stylesheet does the rest, in both themes.
const style = new CSSStyleSheet()
style.replaceSync(`
  open-files-line {
    display: block;
    color: var(--text-2);
    font-size: var(--t-sm);
  }
  open-files-line b { color: var(--text); font-weight: 600; }
`)
document.adoptedStyleSheets.push(style)

customElements.define('open-files-line', OpenFilesLine)

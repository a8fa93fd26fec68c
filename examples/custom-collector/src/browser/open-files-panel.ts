import type { WidgetContext } from '@mon/ui-kit'

interface Peak {
  server_id: number
  open_files: number
}

/** A panel on a server's page: how many are open, and the most that the plugin has stored. */
class OpenFilesPanel extends HTMLElement {
  /** Both are set by the shell before the element enters the page. */
  ctx?: WidgetContext
  serverId?: string

  #undo: (() => void)[] = []
  #peak = 0

  async connectedCallback(): Promise<void> {
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return
    const show = () => this.#show(ctx, serverId)
    this.#undo = [ctx.store.subscribe(serverId, 'open_files', show), ctx.i18n.onChange(show)]
    show()
    // Without the peak, what is open now is still worth showing.
    const peaks = await ctx
      .request<Peak[]>('GET', '/api/plugins/open-files/peaks')
      .catch((): Peak[] => [])
    this.#peak = peaks.find(({ server_id }) => String(server_id) === serverId)?.open_files ?? 0
    show()
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo) undo()
  }

  #show({ store, i18n }: WidgetContext, serverId: string): void {
    const heading = document.createElement('h2')
    heading.textContent = i18n.t('open-files.label')
    const text = document.createElement('p')
    const open = store.get<number | null>(serverId, 'open_files')
    text.textContent =
      typeof open === 'number'
        ? i18n.t('open-files.now', { open, peak: Math.max(open, this.#peak) })
        : i18n.t('open-files.unknown')
    this.replaceChildren(heading, text)
  }
}

const style = new CSSStyleSheet()
style.replaceSync(`
  open-files-panel {
    display: grid;
    gap: var(--s-2);
    padding: var(--s-3) var(--s-4);
    border: 1px solid var(--line);
    border-radius: var(--r-lg);
    background: var(--surface);
  }
  open-files-panel p { color: var(--text-2); font-size: var(--t-sm); }
`)
document.adoptedStyleSheets.push(style)

customElements.define('open-files-panel', OpenFilesPanel)

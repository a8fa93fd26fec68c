import { copyableError, type WidgetContext } from '@mon/ui-kit'
import { html, LitElement, type TemplateResult } from 'lit'

/** As the plugin's own route tells it. */
interface Peak {
  server_id: number
  open_files: number
  /** Epoch seconds. */
  ts: number
}

/** On a server's page: how many files it holds open now, and the most it has been seen to. */
class OpenFilesDetail extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    serverId: { attribute: false },
    peak: { state: true },
    error: { state: true },
  }

  /** Both are set by the shell before the element enters the page. */
  ctx?: WidgetContext
  serverId?: string
  private peak?: Peak
  private error?: unknown

  /** Without a shadow root the page's style sheet is the widget's, too. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return
    // Both end when the widget leaves the page.
    ctx.store.subscribe(serverId, 'open_files', () => {
      this.requestUpdate()
      if (countOf(ctx, serverId) > Number(this.peak?.open_files)) void this.loadPeak(ctx, serverId)
    })
    ctx.i18n.onChange(() => this.requestUpdate())
    void this.loadPeak(ctx, serverId)
  }

  protected override render(): TemplateResult {
    const { ctx, serverId = '', peak } = this
    if (ctx === undefined) return html``
    const { fmt, i18n } = ctx
    return html`<div class="panel-head"><h2>${i18n.t('open-files.label')}</h2></div>
      <dl class="kv panel-body">
        <dt>${i18n.t('open-files.now')}</dt>
        <dd>${fmt.number(countOf(ctx, serverId))}</dd>
        <dt>${i18n.t('open-files.peak')}</dt>
        <dd>
          ${fmt.number(peak?.open_files)}
          ${peak && html`<span class="dim">(${fmt.time(peak.ts)})</span>`}
        </dd>
      </dl>
      ${this.error === undefined ? '' : copyableError(this.error)}`
  }

  private async loadPeak(ctx: WidgetContext, serverId: string): Promise<void> {
    try {
      const peaks = await ctx.request<Peak[]>('GET', '/api/plugins/open-files/peaks')
      const peak = peaks.find(({ server_id }) => String(server_id) === serverId)
      if (peak !== undefined) this.peak = peak
      this.error = undefined
    } catch (error) {
      this.error = error
    }
  }
}

/** NaN while it is not known, which every formatter shows as a dash. */
function countOf({ store }: WidgetContext, serverId: string): number {
  return store.get<number | null>(serverId, 'open_files') ?? Number.NaN
}

customElements.define('open-files-detail', OpenFilesDetail)

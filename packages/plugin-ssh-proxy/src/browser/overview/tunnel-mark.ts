import { WidgetBase } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { isInTrouble, stateLine } from '../tunnel-state.js'

/** On a server's card: a line where its tunnel is in trouble, and nothing elsewhere. */
export class TunnelMark extends WidgetBase {
  override connectedCallback(): void {
    super.connectedCallback()
    this.follow(this.serverId ?? '', ['proxy_status', 'proxy_retries'], () => this.requestUpdate())
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, serverId = '' } = this
    const status = ctx?.store.get<unknown>(serverId, 'proxy_status')
    this.hidden = !isInTrouble(status)
    if (ctx === undefined || !isInTrouble(status)) return nothing
    const { t } = ctx.i18n
    const retries = ctx.store.get<number | null>(serverId, 'proxy_retries') ?? 0
    return html`<span class="dim">${t('ssh-proxy.title')}</span> ${stateLine(status, ctx)}
      ${retries > 0 ? html`<span class="dim">${t('ssh-proxy.tries', { count: retries })}</span>` : nothing}`
  }
}

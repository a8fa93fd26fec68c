import { WidgetBase } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { isProxyState, stateLine } from '../tunnel-state.js'

/** In the overview's table: how the tunnel fares, in a word. */
export class TunnelCell extends WidgetBase {
  override connectedCallback(): void {
    super.connectedCallback()
    this.follow(this.serverId ?? '', ['proxy_status'], () => this.requestUpdate())
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, serverId = '' } = this
    if (ctx === undefined) return nothing
    const status = ctx.store.get<unknown>(serverId, 'proxy_status')
    return isProxyState(status) ? stateLine(status, ctx, 'short') : html`<span class="dim">–</span>`
  }
}

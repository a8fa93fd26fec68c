import { copyableError, errorState, followLink, icon, skeleton, WidgetBase } from '@mon/ui-kit'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { type ShownState, stateOf, statePill } from '../tunnel-state.js'
import { tunnelEvents } from './tunnel-events.js'
import { tunnelFacts } from './tunnel-facts.js'
import { type TunnelAction, TunnelSource } from './tunnel-source.js'

const shape = html`${skeleton('80%')}<br />${skeleton('55%')}<br />${skeleton('40%')}`

/** On a server's page: how its tunnel fares, and what can be done about it. */
export class TunnelCard extends WidgetBase {
  private source: TunnelSource | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return
    this.source = new TunnelSource(ctx, serverId, () => this.requestUpdate())
    this.source.start()
    this.follow(serverId, ['proxy_status', 'proxy_retries'], this.source.refresh)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.source?.stop()
  }

  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return this.source !== undefined
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, source } = this
    if (ctx === undefined || source === undefined) return nothing
    const { t } = ctx.i18n
    const state = this.state
    return html`<div class="panel-head">
        <h2>${t('ssh-proxy.title')}</h2>
        <span role="status">${state === undefined ? nothing : statePill(state, ctx)}</span>
      </div>
      <div class="panel-body ssh-proxy-card">${this.body(state)}</div>`
  }

  /** As it is, or as it is about to be. */
  private get state(): ShownState | undefined {
    const { pending, tunnel } = this.source ?? {}
    if (pending !== undefined) return pending === 'stop' ? 'stopped' : 'starting'
    return tunnel && stateOf(tunnel)
  }

  private body(state: ShownState | undefined): unknown {
    const { ctx, source } = this
    if (ctx === undefined || source === undefined) return nothing
    const { t } = ctx.i18n
    const { tunnel, error, actionError } = source
    if (tunnel === undefined || state === undefined) {
      return error === undefined
        ? html`<mon-loading .label=${t('ssh-proxy.loading')} .shape=${shape}></mon-loading>`
        : errorState({ heading: t('ssh-proxy.load_failed'), error, retry: source.refresh })
    }
    if (state === 'none') return this.setUp()
    return html`${tunnelFacts(tunnel, ctx)}
      ${actionError === undefined ? nothing : html`<div role="alert">${copyableError(actionError)}</div>`}
      ${error === undefined ? nothing : copyableError(error)} ${this.buttons(state)}
      ${tunnelEvents(tunnel.status?.events ?? [], ctx)}`
  }

  /** A server without a tunnel is no fault: a line, and the way to one. */
  private setUp(): TemplateResult {
    const t = this.ctx?.i18n.t
    return html`<p class="dim">${t?.('ssh-proxy.none_yet')}</p>
      <div class="btn-row">${this.settings(t?.('ssh-proxy.set_up') ?? '')}</div>`
  }

  private buttons(state: ShownState): TemplateResult {
    const { pending } = this.source ?? {}
    const isDown = state === 'stopped' || state === 'disabled'
    const button = (action: TunnelAction, name: 'play' | 'square' | 'rotate-cw', off: boolean) =>
      html`<mon-action-button
        .label=${html`${icon(name)}${this.ctx?.i18n.t(`ssh-proxy.action.${action}`)}`}
        .pendingLabel=${this.ctx?.i18n.t(`ssh-proxy.doing.${action}`)}
        ?blocked=${off || (pending !== undefined && pending !== action)}
        .run=${(signal: AbortSignal) => this.source?.act(action, signal)}
      ></mon-action-button>`
    return html`<div class="btn-row">
      ${button('start', 'play', state !== 'stopped' && pending !== 'start')}
      ${button('stop', 'square', isDown && pending !== 'stop')}
      ${button('restart', 'rotate-cw', isDown && pending !== 'restart')}
      ${this.settings(this.ctx?.i18n.t('ssh-proxy.settings') ?? '')}
    </div>`
  }

  private settings(label: string): TemplateResult {
    const to = `/servers?edit=${this.serverId}`
    const follow = this.ctx && followLink(this.ctx.navigate)
    return html`<a class="btn" href=${to} @click=${follow}>${icon('pencil')}${label}</a>`
  }
}

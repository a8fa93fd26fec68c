import { type Status, statusPill, statusShape, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { AgentFailure } from '../aggregator/ask-agent.js'
import type { ProxyConfig } from '../proxy-config.js'
import type { ProxyState, ProxyStatus } from '../proxy-status.js'

/** How a tunnel fares, as people see it: also where there is none, or nobody knows. */
export type ShownState =
  | ProxyState
  | 'none'
  | 'disabled'
  | 'unreachable'
  | 'not_installed'
  | 'unknown'

const looks: Record<ShownState, Status> = {
  none: 'off',
  disabled: 'off',
  stopped: 'off',
  starting: 'busy',
  connected: 'ok',
  degraded: 'warn',
  reconnecting: 'crit',
  failed: 'crit',
  unreachable: 'off',
  not_installed: 'warn',
  unknown: 'off',
}

export interface KnownTunnel {
  config: ProxyConfig | null
  status: Pick<ProxyStatus, 'status' | 'target'> | null
  status_error: Pick<AgentFailure, 'code'> | null
}

export function stateOf({ config, status, status_error }: KnownTunnel): ShownState {
  if (status === null) {
    if (config === null) return 'none'
    return status_error?.code === 'PROXY_NOT_INSTALLED' ? 'not_installed' : 'unreachable'
  }
  if (status.status !== 'stopped') return status.status
  if (config?.enabled === false) return 'disabled'
  // One that was set up on the server itself can be started from here, too.
  return config === null && status.target === null ? 'none' : 'stopped'
}

/** In these somebody should look at it. */
export function isInTrouble(state: unknown): state is 'degraded' | 'reconnecting' | 'failed' {
  return state === 'degraded' || state === 'reconnecting' || state === 'failed'
}

const proxyStates: readonly unknown[] = [
  'stopped',
  'starting',
  'connected',
  'degraded',
  'reconnecting',
  'failed',
] satisfies ProxyState[]

export function isProxyState(value: unknown): value is ProxyState {
  return proxyStates.includes(value)
}

export function statePill(state: ShownState, { i18n }: WidgetContext): TemplateResult {
  return statusPill(looks[state], i18n.t(`ssh-proxy.state.${state}`))
}

/** Shape, word and colour, without the filling of a pill; `short` where there is little room. */
export function stateLine(
  state: ProxyState,
  { i18n }: WidgetContext,
  length: 'whole' | 'short' = 'whole',
): TemplateResult {
  const title = i18n.t(`ssh-proxy.state.${state}`)
  const word = length === 'short' ? i18n.t(`ssh-proxy.short.${state}`) : title
  return html`<span class="st ${looks[state]}" title=${title}>${statusShape(looks[state])}${word}</span>`
}

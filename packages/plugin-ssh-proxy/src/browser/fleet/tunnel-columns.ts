import { explainError, followLink, type TableColumn, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { FleetTunnel } from '../../aggregator/fleet-tunnels.js'
import { isInTrouble, type ShownState, stateOf, statePill } from '../tunnel-state.js'

/** What needs somebody stands first. */
const urgency: readonly ShownState[] = [
  'failed',
  'reconnecting',
  'degraded',
  'unreachable',
  'not_installed',
  'unknown',
  'starting',
  'stopped',
  'connected',
  'disabled',
  'none',
]

/** What a server that is gone told last is not how it is. */
export function shownState({ config, status, server_state }: FleetTunnel): ShownState {
  if (config?.enabled === false && status?.status === 'stopped') return 'disabled'
  if (server_state === 'offline') return 'unreachable'
  if (status !== null) return stateOf({ config, status, status_error: null })
  const answers = server_state === 'online' || server_state === 'degraded'
  return answers ? 'not_installed' : 'unknown'
}

export function tunnelColumns(ctx: WidgetContext): TableColumn<FleetTunnel>[] {
  const { t } = ctx.i18n
  return [
    {
      key: 'server',
      label: t('ssh-proxy.column.server'),
      sortable: true,
      value: ({ server }) => server,
      cell: ({ server, server_id }) => serverLink(server, `/servers/${server_id}`, ctx),
    },
    {
      key: 'state',
      label: t('ssh-proxy.column.state'),
      sortable: true,
      value: (tunnel) => urgency.indexOf(shownState(tunnel)),
      cell: (tunnel) => statePill(shownState(tunnel), ctx),
    },
    {
      key: 'forward',
      label: t('ssh-proxy.forward'),
      cell: (tunnel) => html`<span class="mono">${forward(tunnel)}</span>`,
    },
    {
      key: 'since',
      label: t('ssh-proxy.last_connected'),
      sortable: true,
      value: lastConnected,
      cell: since,
    },
    {
      key: 'retries',
      label: t('ssh-proxy.retries'),
      sortable: true,
      numeric: true,
      value: ({ status }) => status?.retry_count,
      cell: (tunnel) => retries(tunnel, ctx),
    },
    {
      key: 'error',
      label: t('ssh-proxy.last_error'),
      cell: (tunnel) => lastError(tunnel, ctx),
    },
  ]
}

function serverLink(name: string, to: string, ctx: WidgetContext): TemplateResult {
  return html`<a href=${to} title=${name} @click=${followLink(ctx.navigate)}>${name}</a>`
}

function forward({ config, status }: FleetTunnel): string {
  const port = config?.server_listen_port ?? status?.listen_port ?? '–'
  const centre = config?.center_ssh_host ?? status?.target?.split(' → ')[0] ?? '–'
  return `${port} → ${centre}:${config?.center_proxy_port ?? '–'}`
}

/** Of one that is connected: since when. */
function lastConnected({ status, last_connected }: FleetTunnel): number | null {
  return status?.status === 'connected' ? status.connected_since : last_connected
}

function since(tunnel: FleetTunnel): TemplateResult {
  const at = lastConnected(tunnel)
  return at === null ? html`<span class="dim">–</span>` : html`<mon-age .at=${at}></mon-age>`
}

function retries(tunnel: FleetTunnel, { fmt }: WidgetContext): unknown {
  const { status } = tunnel
  if (status === null || !isInTrouble(shownState(tunnel))) return html`<span class="dim">–</span>`
  const next = status.next_retry_at
  return html`${fmt.number(status.retry_count)}
    ${next === null ? nothing : html`<span class="dim">(<mon-countdown .at=${next}></mon-countdown>)</span>`}`
}

function lastError(tunnel: FleetTunnel, { i18n }: WidgetContext): TemplateResult {
  const { last_error = null } = tunnel.status ?? {}
  if (last_error === null || !isInTrouble(shownState(tunnel))) {
    return html`<span class="dim">–</span>`
  }
  const { code, message } = last_error
  return html`<span title="${code} ${message}">${explainError(last_error, i18n.locale).message}</span>`
}

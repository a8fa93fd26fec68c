import { copyable, copyableError, explainError, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { ServerTunnel } from '../../aggregator/server-tunnel.js'
import type { ProxyStatus } from '../../proxy-status.js'
import { isInTrouble } from '../tunnel-state.js'

/** What is known of a tunnel, line by line. */
export function tunnelFacts(tunnel: ServerTunnel, ctx: WidgetContext): TemplateResult {
  const { t } = ctx.i18n
  const { status } = tunnel
  return html`<dl class="kv">
      ${forward(tunnel, ctx)}
      ${since(tunnel, ctx)} ${status === null ? nothing : retries(status, ctx)}
      <dt>${t('ssh-proxy.last_error')}</dt>
      <dd>${lastError(status, ctx)}</dd>
    </dl>
    ${problem(tunnel)} ${exportLine(status, ctx)}`
}

function forward({ config, status }: ServerTunnel, { i18n }: WidgetContext): TemplateResult {
  const listenPort = config?.server_listen_port ?? status?.listen_port
  const centre = config
    ? `${config.center_ssh_user}@${config.center_ssh_host}:${config.center_ssh_port}`
    : status?.target?.split(' → ')[0]
  const proxy = config ? `127.0.0.1:${config.center_proxy_port}` : status?.target?.split(' → ')[1]
  return html`<dt>${i18n.t('ssh-proxy.forward')}</dt>
    <dd class="mono">127.0.0.1:${listenPort ?? '–'} → ${proxy ?? '–'}</dd>
    <dt>${i18n.t('ssh-proxy.centre')}</dt>
    <dd class="mono">${centre ?? '–'}</dd>`
}

/** Since when it works, or until when it did. */
function since({ status, last_connected }: ServerTunnel, { i18n }: WidgetContext): TemplateResult {
  const isThrough = status?.status === 'connected' || status?.status === 'degraded'
  const at = isThrough ? status.connected_since : last_connected
  return html`<dt>
      ${i18n.t(isThrough ? 'ssh-proxy.connected_since' : 'ssh-proxy.last_connected')}
    </dt>
    <dd>${at === null ? html`<span class="dim">–</span>` : html`<mon-age full .at=${at}></mon-age>`}</dd>`
}

function retries(
  { retry_count: count, next_retry_at }: ProxyStatus,
  { i18n, fmt }: WidgetContext,
): TemplateResult {
  return html`<dt>${i18n.t('ssh-proxy.retries')}</dt>
    <dd>
      ${
        next_retry_at === null
          ? fmt.number(count)
          : html`${i18n.t('ssh-proxy.retries_next', { count })}
              <mon-countdown .at=${next_retry_at}></mon-countdown>`
      }
    </dd>`
}

/** Of a tunnel that works: what was wrong last. What is wrong now stands below, with its hint. */
function lastError(
  status: ProxyStatus | null,
  { i18n }: WidgetContext,
): TemplateResult | typeof nothing {
  if (status === null || isInTrouble(status.status)) return nothing
  const { last_error } = status
  if (last_error === null) return html`<span class="dim">${i18n.t('ssh-proxy.no_error')}</span>`
  return html`<span title=${last_error.message}>${explainError(last_error, i18n.locale).message}</span>
    <span class="dim"><mon-age .at=${last_error.at}></mon-age></span>`
}

function problem({ status, status_error }: ServerTunnel): TemplateResult | typeof nothing {
  const error = status === null ? status_error : isInTrouble(status.status) && status.last_error
  return error ? copyableError(error) : nothing
}

function exportLine(
  status: ProxyStatus | null,
  { i18n }: WidgetContext,
): TemplateResult | typeof nothing {
  if (status?.status !== 'connected' || status.listen_port === null) return nothing
  const labels = { copy: i18n.t('ssh-proxy.copy_export'), copied: i18n.t('ssh-proxy.copied') }
  return copyable(`export https_proxy=http://127.0.0.1:${status.listen_port}`, labels)
}

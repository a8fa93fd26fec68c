import { html, nothing, type TemplateResult } from 'lit'
import { request } from '../http/request.js'
import type { LastError, LatestSnapshot } from '../live/server.js'
import { copyableError } from '../parts/copyable-error.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'

/** `ConnectionTest` of `@mon/core`: with `id`, the saved token is used where none is given. */
export interface ConnectionTarget {
  base_url: string
  id?: number
  token?: string
}

/** `ConnectionTestResult` of `@mon/core`. */
export type ConnectionResult =
  | { ok: true; ms: number; hostname: string; agent_version: string; latest: LatestSnapshot }
  | { ok: false; error: Omit<LastError, 'at'> }

/** Asks an agent once, and saves nothing. */
export function testConnection(
  target: ConnectionTarget,
  signal: AbortSignal,
): Promise<ConnectionResult> {
  return request('POST', '/api/servers/test', target, signal)
}

/** How fast it answered, who it is and what it has. */
export function factsOf({ ms, hostname, agent_version, latest }: ConnectionResult & { ok: true }) {
  const { t } = ui.i18n
  const gpus = latest.gpu_count ?? latest.gpus?.length ?? 0
  return [
    t('manage.test_ms', { ms: Math.round(ms) }),
    hostname,
    t('manage.test_agent', { version: agent_version }),
    ...(gpus > 0 ? [t('manage.test_gpus', { count: gpus })] : []),
  ].join(t('manage.fact_separator'))
}

/** What came of it: facts, or why there are none. */
export function connectionResult(result: ConnectionResult | undefined): {
  line: TemplateResult
  error: TemplateResult | typeof nothing
} {
  const { t } = ui.i18n
  if (result === undefined) {
    return { line: html`<span class="facts">${t('manage.test_hint')}</span>`, error: nothing }
  }
  if (!result.ok) {
    return {
      line: statusPill('crit', t('manage.test_failed')),
      error: copyableError(result.error),
    }
  }
  return {
    line: html`${statusPill('ok', t('manage.test_ok'))}<span class="facts">${factsOf(result)}</span>`,
    error: nothing,
  }
}

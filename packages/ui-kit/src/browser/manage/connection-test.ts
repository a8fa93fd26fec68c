import { html, nothing, type TemplateResult } from 'lit'
import type { ConnectionResult } from '../http/test-connection.js'
import { copyableError } from '../parts/copyable-error.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'

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

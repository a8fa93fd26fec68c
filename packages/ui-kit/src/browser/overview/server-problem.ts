import { html, nothing, type TemplateResult } from 'lit'
import type { CollectorHealth, Server } from '../live/server.js'
import { copyable } from '../parts/copyable.js'
import { copyableError } from '../parts/copyable-error.js'
import { ui } from '../ui.js'

/** Why a server is offline or degraded: in words, as text to copy, and what to do. */
export function serverProblem({
  state,
  last_error,
  latest,
}: Server): TemplateResult | typeof nothing {
  if (state !== 'offline' && state !== 'degraded') return nothing
  const { t } = ui.i18n
  const failures = state === 'degraded' ? failuresIn(latest?.collectors ?? {}) : ''
  const labels = { copy: t('common.copy_error'), copied: t('common.copied') }
  const error = last_error ? copyableError(last_error) : nothing
  return html`<div class="fail">
    <span>${t(state === 'offline' ? 'card.failed' : 'card.degraded')}</span>
    ${failures ? copyable(failures, labels) : error}
  </div>`
}

function failuresIn(collectors: Record<string, CollectorHealth>): string {
  return Object.entries(collectors)
    .filter(([, { ok }]) => !ok)
    .map(([name, { code, message }]) => [`${name}:`, code, message].filter(Boolean).join(' '))
    .join('\n')
}

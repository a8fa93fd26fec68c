import { html, nothing, type TemplateResult } from 'lit'
import type { MessageKey } from '../i18n/translate.js'
import type { Server } from '../live/server.js'
import { copyable } from '../parts/copyable.js'
import { ui } from '../ui.js'

/** Why a server is offline or degraded: in words, as text to copy, and what to do. */
export function serverProblem(server: Server): TemplateResult | typeof nothing {
  const problem = problemOf(server)
  if (problem === undefined) return nothing
  const { t } = ui.i18n
  const { summary, text, hint } = problem
  return html`<div class="fail">
    <span>${t(summary)}</span>
    ${text && copyable(text, { copy: t('common.copy_error'), copied: t('common.copied') })}
    ${hint && html`<span>${hint}</span>`}
  </div>`
}

interface Problem {
  summary: MessageKey & ('card.failed' | 'card.degraded')
  text: string
  hint: string | null
}

function problemOf({ state, last_error, latest }: Server): Problem | undefined {
  if (state === 'offline') {
    return {
      summary: 'card.failed',
      text: last_error ? `${last_error.code} ${last_error.message}` : '',
      hint: last_error?.hint ?? null,
    }
  }
  if (state !== 'degraded') return undefined
  const failures = Object.entries(latest?.collectors ?? {})
    .filter(([, { ok }]) => !ok)
    .map(([name, { code, message }]) => [`${name}:`, code, message].filter(Boolean).join(' '))
  if (failures.length > 0)
    return { summary: 'card.degraded', text: failures.join('\n'), hint: null }
  return {
    summary: 'card.degraded',
    text: last_error ? `${last_error.code} ${last_error.message}` : '',
    hint: last_error?.hint ?? null,
  }
}

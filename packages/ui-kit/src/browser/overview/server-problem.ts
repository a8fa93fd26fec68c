import { html, nothing, type TemplateResult } from 'lit'
import { explainError } from '../i18n/explain-error.js'
import type { Server } from '../live/server.js'
import { copyable } from '../parts/copyable.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { testServer } from './test-server.js'

/** Why a server is offline or degraded: in words, as text to copy, and what to do. */
export function serverProblem(server: Server): TemplateResult | typeof nothing {
  const { state, last_error } = server
  if (state !== 'offline' && state !== 'degraded') return nothing
  const { t, locale } = ui.i18n
  const text = problemText(server)
  const copy = text && copyable(text, { copy: t('common.copy_error'), copied: t('common.copied') })
  if (state === 'degraded') return html`<div class="fail is-short">${copy}</div>`
  const explained = last_error && explainError(last_error, locale)
  const isKnown = explained && explained.message !== explained.text
  return html`<div class="fail">
    <span>${isKnown ? explained.message : t('card.failed')}</span>
    ${copy}
    <div class="fail-end">
      <button class="btn" @click=${() => testServer(server)}>
        ${icon('rotate-cw')}${t('card.try_now')}
      </button>
      ${explained?.hint && html`<span title=${explained.hint}>${explained.hint}</span>`}
    </div>
  </div>`
}

/** Machine text: which collectors failed, or why the server does not answer. */
export function problemText({ state, last_error, latest }: Server): string {
  const failed = Object.entries(latest?.collectors ?? {}).filter(([, { ok }]) => !ok)
  if (state === 'degraded' && failed.length > 0) {
    return failed
      .map(([name, { code, message }]) => [`${name}:`, code, message].filter(Boolean).join(' '))
      .join('\n')
  }
  return last_error ? `${last_error.code} ${last_error.message}` : ''
}

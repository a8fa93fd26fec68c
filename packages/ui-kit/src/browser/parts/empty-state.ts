import { html, nothing, type TemplateResult } from 'lit'
import { explainError } from '../i18n/explain-error.js'
import { ui } from '../ui.js'
import { copyable } from './copyable.js'
import { icon } from './icon.js'
import { statusShape } from './status.js'

export interface EmptyStateOptions {
  /** A drawing above the heading. */
  art?: TemplateResult
  heading: string
  /** What will be here, or why nothing is. */
  text?: string
  /** What can be done: a button, a command to copy. */
  actions?: unknown
}

/** In the place of what is not there: nothing yet, or nothing that fits the filter. */
export function emptyState({ art, heading, text, actions }: EmptyStateOptions): TemplateResult {
  return html`<div class="panel empty">
    ${art ?? nothing}
    <h2>${heading}</h2>
    ${text ? html`<p>${text}</p>` : nothing}${actions ?? nothing}
  </div>`
}

export interface ErrorStateOptions {
  heading: string
  error: unknown
  /** What happens next; what to do about the error unless given. */
  text?: string
  retry(): void
}

/** In the place of what could not be loaded: why, and a button to try again. */
export function errorState({ heading, error, text, retry }: ErrorStateOptions): TemplateResult {
  const { t, locale } = ui.i18n
  const { message, hint, text: machineText } = explainError(error, locale)
  const next = text ?? hint ?? ''
  return emptyState({
    art: html`<span class="st crit art">${statusShape('crit', 32)}</span>`,
    heading,
    text: message === machineText ? next : t('common.error_then', { error: message, next }),
    actions: html`${copyable(machineText, { copy: t('common.copy_error'), copied: t('common.copied') })}
      <button class="btn" @click=${retry}>${icon('rotate-cw')}${t('common.retry')}</button>`,
  })
}

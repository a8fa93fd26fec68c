import { html, nothing, type TemplateResult } from 'lit'
import { explainError } from '../i18n/explain-error.js'
import { ui } from '../ui.js'
import { copyable } from './copyable.js'

/**
 * An error where it happened: what failed and what to do in the language of the page, and its
 * machine text to copy.
 *
 * @param error anything thrown, or `last_error` and the like of the API
 * @param action what can be done here, such as a button to try again
 */
export function copyableError(error: unknown, action: unknown = nothing): TemplateResult {
  const { t, locale } = ui.i18n
  const { message, hint, text } = explainError(error, locale)
  return html`<div class="error">
    ${message === text ? nothing : html`<span class="error-message">${message}</span>`}
    ${copyable(text, { copy: t('common.copy_error'), copied: t('common.copied') })}
    ${hint ? html`<span>${hint}</span>` : nothing}${action}
  </div>`
}

import { html, nothing, type TemplateResult } from 'lit'
import type { Quantity } from '../format/formatters.js'

/** A value with its unit smaller and greyer behind it. */
export function quantity({ value, unit }: Quantity): TemplateResult {
  return html`${value}${unit ? html`<span class="u">${unit}</span>` : nothing}`
}

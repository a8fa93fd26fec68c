import { html, type TemplateResult } from 'lit'
import { cssProperties } from './css-properties.js'

/** A grey bar in the place of a text or a figure to come; widths as CSS, heights in pixels. */
export function skeleton(width = '100%', height = 14): TemplateResult {
  return html`<span class="sk" ${cssProperties({ width, height: `${height}px` })}></span>`
}

import { html, nothing, type TemplateResult } from 'lit'
import type { Formatters } from '../format/formatters.js'
import { cssProperties } from './css-properties.js'
import { quantity } from './quantity.js'
import { statusShape } from './status.js'

export interface MeterOptions {
  label: string
  /** 0–100. */
  value: number | null | undefined
  fmt: Pick<Formatters, 'percent'>
  /** Above this it turns amber with a triangle. Utilisation has none: busy is no fault. */
  limit?: number
  /** Tooltip, e.g. what is used of how much. */
  title?: string
}

/** A labelled percentage with its bar. Unknown shows a dash and an empty bar. */
export function meter({ label, value, fmt, limit, title }: MeterOptions): TemplateResult {
  const known = typeof value === 'number'
  const over = known && limit !== undefined && value > limit
  const percent = fmt.percent(value)
  const figure = over
    ? html`<span class="st warn">${statusShape('warn', 11)}${percent.text}</span>`
    : quantity(percent)
  return html`<div class="meter" title=${title ?? nothing}>
    <div class="k"><span>${label}</span><b>${figure}</b></div>
    <div
      class="track ${over ? 'over' : ''}"
      role=${known ? 'meter' : nothing}
      aria-label=${known ? label : nothing}
      aria-valuemin=${known ? 0 : nothing}
      aria-valuemax=${known ? 100 : nothing}
      aria-valuenow=${known ? Math.round(value) : nothing}
    >
      <i ${cssProperties({ '--v': known ? Math.min(100, Math.max(0, value)) : 0 })}></i>
    </div>
  </div>`
}

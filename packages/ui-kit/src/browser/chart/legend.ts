import { html, nothing, svg, type TemplateResult } from 'lit'
import type { MetricUnit } from '../format/formatters.js'
import { quantity } from '../parts/quantity.js'
import { ui } from '../ui.js'
import { type ChartData, colourLimit } from './chart-data.js'
import { extentAt, measureExtent } from './extent.js'
import { dashes } from './palette.js'

export interface LegendOptions {
  data: ChartData
  unit: MetricUnit
  /** The point whose values are shown; null shows dashes. */
  index: number | null
  /** Of many series, the one that is coloured. */
  highlighted: number | null
  /** Before a value that stands alone. */
  note: string
}

/** How each series is drawn, and its value. One that stands alone needs no name. */
export function legend(options: LegendOptions): TemplateResult {
  const { data, highlighted, note } = options
  const { series } = data
  if (series.length === 1) {
    return html`<div class="legend">
      ${note ? html`<span class="dim">${note}</span>` : nothing}
      <span class="now">${shownValue(options, 0)}</span>
    </div>`
  }
  if (series.length <= colourLimit) {
    return html`<div class="legend">${series.map((_, each) => item(options, each, each))}</div>`
  }
  return html`<div class="legend">
    ${
      highlighted === null
        ? html`<span>${ui.i18n.t('chart.series', { count: series.length })}</span>`
        : item(options, highlighted, 0)
    }
  </div>`
}

function item(options: LegendOptions, series: number, look: number): TemplateResult {
  return html`<span>
    ${swatch(look)}${options.data.series[series]?.label} <b>${shownValue(options, series)}</b>
  </span>`
}

function shownValue({ data, unit, index }: LegendOptions, series: number): TemplateResult {
  return quantity(measureAt(data, unit, index, series))
}

/** What a series is at a point, with its range if it stands for several samples. */
export function measureAt(data: ChartData, unit: MetricUnit, index: number | null, series: number) {
  const line = data.series[series]
  const extent = line === undefined || index === null ? null : extentAt(line, index)
  return measureExtent(extent, unit, ui.fmt)
}

function swatch(look: number): TemplateResult {
  return html`<svg class="swatch s${look + 1}" width="20" height="8" aria-hidden="true">
    ${svg`<line x1="0" x2="20" y1="4" y2="4" stroke-width="2" stroke-dasharray=${dashes[look]?.join(' ') ?? ''} />`}
  </svg>`
}

/** Of many series, the one to look at. */
export function seriesChoice(
  { series }: ChartData,
  highlighted: number | null,
  highlight: (series: number) => void,
): TemplateResult {
  return html`<ul class="chart-choice" aria-label=${ui.i18n.t('chart.highlight')}>
    ${series.map(({ label }, index) => {
      const choose = () => highlight(index)
      return html`<li>
        <button
          class="chip"
          type="button"
          aria-pressed=${index === highlighted}
          @pointerenter=${choose}
          @focus=${choose}
          @click=${choose}
        >
          ${label}
        </button>
      </li>`
    })}
  </ul>`
}

import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import type { MetricUnit } from '../format/formatters.js'
import { copyableError } from '../parts/copyable-error.js'
import { icon } from '../parts/icon.js'
import { quantity } from '../parts/quantity.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import {
  type ChartData,
  type ChartRange,
  type ChartView,
  colourLimit,
  latestPoint,
} from './chart-data.js'
import { chartTable } from './chart-table.js'
import { describeChart } from './describe-chart.js'
import { findGaps } from './gaps.js'
import { dashes } from './palette.js'
import type { Plot, PlotView } from './plot.js'

/**
 * Lines over time. What draws them is loaded when the first chart is shown. All charts of a
 * `group` share their cursor; a range chosen by dragging is told, and the page zooms what it will.
 *
 * @fires zoom, with a ChartRange in `detail`, or null for all of it: a double click, or Escape
 *
 * @example
 * html`<mon-chart label="Network" unit="bytes_per_second" .data=${data} .range=${range}></mon-chart>`
 */
@customElement('mon-chart')
export class Chart extends UiElement {
  /** What is drawn; a heading. */
  @property() label = ''
  @property() unit: MetricUnit = 'count'
  @property({ attribute: false }) data: ChartData = { ts: [], series: [] }
  /** From the first point to the last, unless given. */
  @property({ attribute: false }) range: ChartRange | undefined
  @property() group = 'page'
  /** Beside the latest value, such as what is used of how much. */
  @property() note = ''
  /** The point under the cursor. */
  @state() private cursor: number | null = null
  @state() private highlighted: number | null = null
  @state() private isTableOpen = false
  /** What the keyboard has chosen, for screen readers. */
  @state() private spoken = ''
  @state() private error: unknown
  private gaps: readonly ChartRange[] = []
  private plot: Plot | undefined
  private plotted = 0
  private undoTheme = () => {}

  protected override sources(): OnChange[] {
    return [ui.theme.onChange]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
      matchMedia(query),
    )
    const recolour = () => this.plot?.recolour()
    for (const query of queries) query.addEventListener('change', recolour)
    const undoChoice = ui.theme.onChange(recolour)
    this.undoTheme = () => {
      undoChoice()
      for (const query of queries) query.removeEventListener('change', recolour)
    }
    if (this.hasUpdated) this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.undoTheme()
    this.discard()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('data') || changed.has('range')) {
      this.gaps = findGaps(this.data, this.view.to)
      // The point that was under the cursor may be another one now: uPlot says which.
      if (this.cursor !== null && this.cursor >= this.data.ts.length) this.cursor = null
    }
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const { view, label } = this
    const sentence = describeChart(label, view, this.gaps, { t, fmt: ui.fmt })
    return html`<div class="chart-head">
        <h3>${label}</h3>
        ${this.legend()}
      </div>
      ${this.error === undefined ? nothing : copyableError(this.error)}
      <div class="chart-box">
        <div
          class="plot"
          role="img"
          tabindex="0"
          aria-label=${sentence}
          @keydown=${this.onKey}
          @blur=${this.leave}
        ></div>
        ${
          latestPoint(this.data) === null
            ? html`<p class="chart-empty">${t('chart.no_data')}</p>`
            : nothing
        }
      </div>
      <div class="sr" role="status">${this.spoken}</div>
      ${this.data.series.length > colourLimit ? this.choice() : nothing}
      <details class="fold chart-fold" @toggle=${this.onToggle}>
        <summary>${t('chart.as_table')}<span class="fold-chevron">${icon('chevron-down')}</span></summary>
        ${this.isTableOpen ? chartTable(label, view) : nothing}
      </details>`
  }

  /** The values under the cursor, or else the latest ones. */
  private legend(): TemplateResult | typeof nothing {
    const { series, ts } = this.data
    const index = this.cursor ?? latestPoint(this.data)
    if (index === null) return nothing
    const at = this.cursor === null ? undefined : ts[this.cursor]
    const shown = series.length > colourLimit ? [this.highlighted ?? -1] : [...series.keys()]
    return html`<div class="legend">
      ${at === undefined ? this.note && html`<span>${this.note}</span>` : html`<time>${ui.fmt.time(at)}</time>`}
      ${shown.map((each) => {
        const line = series[each]
        if (line === undefined)
          return html`<span>${ui.i18n.t('chart.series', { count: series.length })}</span>`
        const value = quantity(ui.fmt.measure(line.values[index], this.unit))
        if (series.length === 1) return html`<span class="now">${value}</span>`
        return html`<span>${swatch(series.length > colourLimit ? 0 : each)}${line.label} <b>${value}</b></span>`
      })}
    </div>`
  }

  /** Of many, the one to look at. */
  private choice(): TemplateResult {
    const choose = (series: number | null) => () => this.highlight(series)
    return html`<ul class="chart-choice" aria-label=${ui.i18n.t('chart.highlight')}>
      ${this.data.series.map(
        ({ label }, index) => html`<li>
          <button
            class="chip"
            type="button"
            aria-pressed=${index === this.highlighted}
            @pointerenter=${choose(index)}
            @focus=${choose(index)}
            @click=${choose(index)}
          >
            ${label}
          </button>
        </li>`,
      )}
    </ul>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.plotted !== this.data.series.length) this.discard()
    if (this.plot === undefined) void this.draw()
    else if (changed.has('data') || changed.has('range') || changed.has('unit')) this.show()
    else if (changed.size === 0) this.show()
  }

  private get view(): ChartView {
    const { data, unit } = this
    const { from, to } = this.range ?? { from: data.ts[0] ?? 0, to: data.ts.at(-1) ?? 1 }
    return { data, unit, from, to }
  }

  private get plotView(): PlotView {
    const { fmt, zone, i18n } = ui
    return { ...this.view, gaps: this.gaps, fmt, locale: i18n.locale, timeZone: zone.name }
  }

  private show(): void {
    this.plot?.show(this.plotView)
  }

  private async draw(): Promise<void> {
    try {
      const { createPlot } = await import('./plot.js')
      const place = this.querySelector<HTMLElement>('.plot')
      if (!this.isConnected || place === null || this.plot !== undefined) return
      this.plotted = this.data.series.length
      this.plot = createPlot(place, this.plotView, {
        group: this.group,
        onCursor: (index) => {
          this.cursor = index
        },
        onHighlight: (series) => {
          this.highlighted = series
        },
        onZoom: (range) => this.zoom(range),
      })
    } catch (error) {
      this.error = error
    }
  }

  private discard(): void {
    this.plot?.destroy()
    this.plot = undefined
    this.cursor = null
  }

  private zoom(range: ChartRange | null): void {
    this.dispatchEvent(new CustomEvent('zoom', { detail: range, bubbles: true }))
  }

  private highlight(series: number | null): void {
    this.highlighted = series
    this.plot?.highlight(series)
  }

  private readonly onToggle = ({ currentTarget }: Event): void => {
    this.isTableOpen = currentTarget instanceof HTMLDetailsElement && currentTarget.open
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { ctrlKey, altKey, metaKey, shiftKey, key } = event
    if (ctrlKey || altKey || metaKey) return
    const step = steps.get(key)
    if (key === 'Escape') {
      this.moveTo(null)
      this.zoom(null)
    }
    if (step === undefined) return
    event.preventDefault()
    this.moveTo(this.pointAt(shiftKey ? step * 10 : step))
  }

  /** So many points from the cursor, within what is shown. */
  private pointAt(step: number): number | null {
    const { ts } = this.data
    const { from, to } = this.view
    const first = ts.findIndex((at) => at >= from)
    const last = ts.findLastIndex((at) => at <= to)
    if (first < 0 || last < first) return null
    const target = this.cursor === null ? last : this.cursor + step
    return Math.min(last, Math.max(first, target))
  }

  private moveTo(index: number | null): void {
    this.plot?.moveTo(index)
    this.cursor = index
    this.spoken = index === null ? '' : this.inWords(index)
  }

  private inWords(index: number): string {
    const { ts, series } = this.data
    const values = series
      .filter((_, each) => series.length <= colourLimit || each === this.highlighted)
      .map(({ label, values }) => `${label} ${ui.fmt.measure(values[index], this.unit).text}`)
    const list = new Intl.ListFormat(ui.i18n.locale, { type: 'unit' }).format(values)
    return ui.i18n.t('chart.point', { time: ui.fmt.time(ts[index]), values: list })
  }

  private readonly leave = (): void => {
    this.moveTo(null)
  }
}

const steps = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['Home', Number.NEGATIVE_INFINITY],
  ['End', Number.POSITIVE_INFINITY],
])

function swatch(index: number): TemplateResult {
  return html`<svg class="swatch s${index + 1}" width="20" height="8" aria-hidden="true">
    ${svg`<line x1="0" x2="20" y1="4" y2="4" stroke-width="2" stroke-dasharray=${dashes[index]?.join(' ') ?? ''} />`}
  </svg>`
}

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { MetricUnit } from '../format/formatters.js'
import { copyableError } from '../parts/copyable-error.js'
import { cssProperties } from '../parts/css-properties.js'
import { icon } from '../parts/icon.js'
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
import { type ChartGap, findGaps } from './gaps.js'
import { stepOf, zoomAround } from './keys.js'
import { legend, measureAt, seriesChoice } from './legend.js'
import { onLookChange } from './palette.js'
import type { Plot, PlotView } from './plot.js'

/**
 * Lines over time. What draws them is loaded when the first chart is shown. All charts of a
 * `group` share their cursor; a range that somebody chooses is told, and the page zooms what it
 * will.
 *
 * @fires zoom, which bubbles, with a ChartRange in `detail`: dragged over, or + and - on the
 *   keyboard; null for all of it: a double click, or Escape
 *
 * @example
 * html`<mon-chart label="Network" unit="bytes_per_second" .data=${data} .range=${range}></mon-chart>`
 */
@customElement('mon-chart')
export class Chart extends UiElement {
  /** What is drawn; a heading of the third level. */
  @property() label = ''
  @property() unit: MetricUnit = 'count'
  @property({ attribute: false }) data: ChartData = { ts: [], series: [] }
  /** From the first point to the last, unless given. */
  @property({ attribute: false }) range: ChartRange | undefined
  @property() group = 'page'
  /** Of the drawing, CSS pixels. */
  @property({ type: Number }) height = 152
  /** Beside the latest value of a series that stands alone, such as what is used of how much. */
  @property() note = ''
  /** The point under the cursor. */
  @state() private cursor: number | null = null
  @state() private highlighted: number | null = null
  @state() private isTableOpen = false
  /** What the keyboard has chosen, for screen readers. */
  @state() private spoken = ''
  @state() private error: unknown
  private gaps: readonly ChartGap[] = []
  private plot: Plot | undefined
  /** How many series the plot was made for. */
  private plotted = 0
  private undoLook = () => {}

  override connectedCallback(): void {
    super.connectedCallback()
    this.undoLook = onLookChange(() => this.plot?.recolour())
    // A chart that was moved within the page draws anew.
    if (this.hasUpdated) this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.undoLook()
    this.discard()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('data') && !changed.has('range')) return
    this.gaps = findGaps(this.data, this.view)
    // The point that was under the cursor may be another one now: the plot says which.
    if (this.cursor !== null && this.cursor >= this.data.ts.length) this.cursor = null
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const { data, view, label, unit, highlighted, cursor } = this
    const latest = latestPoint(data, view)
    const isMany = data.series.length > colourLimit
    const note = cursor === null ? this.note : ''
    return html`<div class="chart-head">
        <h3>${label}</h3>
        ${legend({ data, unit, highlighted, index: cursor ?? latest, note })}
      </div>
      ${this.error === undefined ? nothing : copyableError(this.error)}
      <div class="chart-box">
        <div
          class="plot"
          role="img"
          tabindex="0"
          aria-label=${describeChart(label, view, this.gaps, { t, fmt: ui.fmt })}
          ${cssProperties({ '--plot-height': `${this.height}px` })}
          @keydown=${this.onKey}
          @blur=${this.leave}
        ></div>
        ${latest === null ? html`<p class="chart-empty">${t('chart.no_data')}</p>` : nothing}
      </div>
      <div class="sr" role="status">${this.spoken}</div>
      ${isMany ? seriesChoice(data, highlighted, (series) => this.highlight(series)) : nothing}
      <div class="chart-foot">
        <details class="fold" @toggle=${this.onToggle}>
          <summary>
            ${t('chart.as_table')}<span class="fold-chevron">${icon('chevron-down')}</span>
          </summary>
          ${this.isTableOpen ? chartTable(label, view) : nothing}
        </details>
        ${cursor === null ? nothing : html`<time>${ui.fmt.time(data.ts[cursor])}</time>`}
      </div>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.plotted !== this.data.series.length) this.discard()
    if (this.plot === undefined) {
      void this.draw()
      return
    }
    const isNew = (['data', 'range', 'unit'] as const).some((name) => changed.has(name))
    // Nothing has changed but the language or the zone, which the axes are written in.
    if (isNew || changed.size === 0) this.plot.show(this.plotView)
  }

  private get view(): ChartView {
    const { data, unit } = this
    const { from, to } = this.range ?? { from: data.ts[0] ?? 0, to: data.ts.at(-1) ?? 1 }
    return { data, unit, from, to }
  }

  private get plotView(): PlotView {
    const { fmt, zone, i18n } = ui
    const gaps = this.gaps.map((gap) => ({ ...gap, label: this.nameOf(gap) }))
    return { ...this.view, gaps, fmt, locale: i18n.locale, timeZone: zone.name }
  }

  /** Who is missing there, unless all are. */
  private nameOf(gap: ChartGap): string {
    const { t, locale } = ui.i18n
    const { series } = this.data
    if (gap.series.length === series.length) return t('chart.gap')
    const names = gap.series.map((index) => series[index]?.label ?? '')
    return t('chart.gap_of', { names: new Intl.ListFormat(locale).format(names) })
  }

  private async draw(): Promise<void> {
    try {
      const { createPlot } = await import('./plot.js')
      const place = this.querySelector<HTMLElement>('.plot')
      if (!this.isConnected || place === null || this.plot !== undefined) return
      this.plotted = this.data.series.length
      this.plot = createPlot(place, this.plotView, {
        group: this.group,
        height: this.height,
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
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const step = stepOf(event)
    const at = this.cursor === null ? undefined : this.data.ts[this.cursor]
    const zoomed = zoomAround(event.key, this.view, at)
    if (event.key === 'Escape') {
      this.moveTo(null)
      this.zoom(null)
    }
    if (zoomed !== undefined) this.zoom(zoomed)
    if (step === undefined) return
    event.preventDefault()
    this.moveTo(this.pointAt(step))
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
    const { data, unit, highlighted } = this
    const isMany = data.series.length > colourLimit
    const values = data.series.flatMap(({ label }, each) =>
      isMany && each !== highlighted ? [] : `${label} ${measureAt(data, unit, index, each).text}`,
    )
    const list = new Intl.ListFormat(ui.i18n.locale, { type: 'unit' }).format(values)
    return ui.i18n.t('chart.point', { time: ui.fmt.time(data.ts[index]), values: list })
  }

  private readonly leave = (): void => {
    this.moveTo(null)
  }
}

import {
  Answer,
  type ChartData,
  type ChartRange,
  copyableError,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CardSeries } from '../../aggregator/card-window.js'
import '@mon/ui-kit'

/** What is charted of each card. */
const lines = [
  { name: 'util_pct', unit: 'percent', label: 'gpu-nvidia.utilisation' },
  { name: 'mem_used_mb', unit: 'mebibytes', label: 'gpu-nvidia.memory' },
  { name: 'temperature_c', unit: 'celsius', label: 'gpu-nvidia.temperature' },
  { name: 'power_w', unit: 'watts', label: 'gpu-nvidia.power' },
] as const

interface CardChart {
  name: string
  unit: (typeof lines)[number]['unit']
  label: string
  data: ChartData
}

/** The last hour, a line for each card, with the cursor and the range of the page. */
@customElement('gpu-nvidia-charts')
export class CardCharts extends LitElement {
  @property({ attribute: false }) ctx?: WidgetContext
  @property({ attribute: false }) serverId = ''
  @property({ attribute: false }) window: '5m' | '15m' | '60m' = '60m'
  @property({ attribute: false }) zoom: ChartRange | undefined
  /** In which language the lines are named. */
  @property({ attribute: false }) locale = ''
  private readonly answer = new Answer<CardSeries>(this, () =>
    this.ctx?.request('GET', `/api/gpus/live?server_id=${this.serverId}`),
  )
  private charts: readonly CardChart[] = []
  private chartsFor: unknown[] = []
  private range: ChartRange = { from: 0, to: 0 }
  private askedAt = 0

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** There are new values of the cards; the points that they come to are slower. */
  refresh(): void {
    const step = (this.answer.value?.step_s ?? 0) * 1000
    if (performance.now() - this.askedAt < step) return
    this.askedAt = performance.now()
    void this.answer.refresh()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.askedAt = performance.now()
    void this.answer.refresh()
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { value } = this.answer
    if (value === undefined || this.ctx === undefined) return
    this.keepCharts(value, this.ctx)
    this.keepRange(value)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, answer } = this
    if (ctx === undefined) return nothing
    const { t } = ctx.i18n
    return html`${
      answer.error === undefined
        ? nothing
        : copyableError(
            answer.error,
            html`<div class="btn-row">
              <button class="btn" @click=${answer.refresh}>${t('common.retry')}</button>
            </div>`,
          )
    }
      <div class="gpu-charts">
        ${this.charts.map(
          ({ unit, label, data }) => html`<mon-chart
            group="server"
            .label=${t(label)}
            .unit=${unit}
            .data=${data}
            .range=${this.range}
          ></mon-chart>`,
        )}
      </div>`
  }

  /** What has not changed stays the same object, so that only what is new is drawn. */
  private keepCharts(answer: CardSeries, { i18n }: WidgetContext): void {
    const source = [answer, this.locale]
    if (source.every((each, place) => each === this.chartsFor[place])) return
    this.chartsFor = source
    this.charts = lines.flatMap(({ name, unit, label }) => {
      const known = answer.cards.filter(({ series }) =>
        series[name].some((value) => value !== null),
      )
      if (known.length === 0) return []
      const series = known.map(({ index, series }) => ({
        label: i18n.t('gpu-nvidia.card', { index: String(index), name: '' }).trim(),
        values: series[name],
      }))
      return [{ name, unit, label, data: { ts: answer.ts, series } }]
    })
  }

  private keepRange({ ts, step_s }: CardSeries): void {
    const to = (ts.at(-1) ?? 0) + step_s
    const { from, to: end } = this.zoom ?? { from: to - Number.parseInt(this.window, 10) * 60, to }
    if (from !== this.range.from || end !== this.range.to) this.range = { from, to: end }
  }
}

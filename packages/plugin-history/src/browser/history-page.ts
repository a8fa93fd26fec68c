import type { Metric } from '@mon/core'
import {
  Answer,
  type ChartData,
  type ChartRange,
  type ComboboxOption,
  type DateRangeValue,
  emptyState,
  WidgetBase,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { HistorySeries } from '../aggregator/api/series-route.js'
import { askRows, askSeries, csvPath, type Rows } from './ask.js'
import { CHART_SERVERS, chartPanel } from './chart-panel.js'
import { exportButton } from './export-button.js'
import { columnsOf, linesOf } from './metrics.js'
import { rowsPanel } from './rows-panel.js'
import { chartData } from './series.js'
import { type HistoryView, presets, readView, writeView } from './view.js'

/** What is shown up to now is asked for again so often, milliseconds. */
const PACE_MS = 60_000

interface ServerName {
  id: number
  name: string
}

/** What was, by the hour: a chart of one metric, the rows behind it, and all of them as CSV. */
@customElement('history-page')
export class HistoryPage extends WidgetBase {
  @state() private view: HistoryView = readView(location.search)
  private timer = 0
  private drawn: { answer: HistorySeries; names: unknown; data: ChartData } | undefined
  private readonly metrics = new Answer<Metric[]>(this, () =>
    this.ctx?.request('GET', '/api/metrics'),
  )
  private readonly servers = new Answer<ServerName[]>(this, () =>
    this.ctx?.request('GET', '/api/servers?view=summary'),
  )
  private readonly rows = new Answer<Rows>(this, () => this.ctx && askRows(this.ctx, this.view))
  private readonly series = new Answer<HistorySeries>(this, () => {
    const { ctx, charted, metric } = this
    return ctx && Array.isArray(charted) && metric
      ? askSeries(ctx, this.view, charted, metric)
      : undefined
  })

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('popstate', this.onPopState)
    this.timer = window.setInterval(() => {
      if (!document.hidden && 'last_s' in this.view.range) this.refresh()
    }, PACE_MS)
    void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('popstate', this.onPopState)
    window.clearInterval(this.timer)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, view } = this
    if (ctx === undefined) return nothing
    const total = this.rows.value?.total ?? null
    return html`<div class="page-head">
        <h1>${ctx.i18n.t('history.title')}</h1>
        ${exportButton(ctx, csvPath(view), total)}
      </div>
      ${this.filters(ctx)} ${total === 0 ? this.nothingThere(ctx) : [this.chart(ctx), this.table(ctx)]}`
  }

  private filters({ i18n: { t } }: WidgetContext): TemplateResult {
    const failed = this.servers.value === undefined && this.servers.error !== undefined
    return html`<section class="panel panel-body history-filters" aria-label=${t('history.filters')}>
      <mon-combobox
        label=${t('history.servers')}
        placeholder=${t('history.all_servers')}
        multiple
        .options=${this.serverOptions()}
        .selected=${this.view.servers}
        @change=${({ detail }: CustomEvent<string[]>) => this.showAnew({ servers: detail })}
      ></mon-combobox>
      <mon-date-range
        .presets=${Object.values(presets)}
        .value=${this.view.range}
        @change=${({ detail }: CustomEvent<DateRangeValue>) => this.showAnew({ range: detail })}
      ></mon-date-range>
      ${failed ? html`<div class="note warn">${t('history.servers_failed')}</div>` : nothing}
    </section>`
  }

  private chart(ctx: WidgetContext): TemplateResult {
    const { value } = this.series
    const { metric } = this
    return chartPanel({
      ctx,
      metrics: this.charts,
      metric,
      choose: (name) => this.show({ metric: name }),
      shown:
        this.charted === 'tooMany'
          ? 'tooMany'
          : value && metric && { data: this.lines(value, metric), range: value },
      error: this.series.error ?? this.metrics.error,
      retry: () => void this.load(),
      zoom: (range) => this.zoom(range),
    })
  }

  private table(ctx: WidgetContext): TemplateResult {
    return rowsPanel({
      ctx,
      view: this.view,
      answer: this.rows,
      columns: columnsOf(this.charts),
      nameOf: this.nameOf,
      show: (changes) => this.show(changes),
    })
  }

  private nothingThere({ i18n: { t }, fmt }: WidgetContext): TemplateResult {
    const earliest = this.rows.value?.earliest ?? null
    const text =
      earliest === null
        ? t('history.no_data_none')
        : t('history.no_data_earliest', { time: fmt.dateTime(earliest) })
    const actions = html`<button
      class="btn"
      @click=${() => this.showAnew({ range: { last_s: presets['24h'] } })}
    >
      ${t('history.show_day')}
    </button>`
    return emptyState({ heading: t('history.no_data'), text, actions })
  }

  /** The chart needs to know the metrics and the servers, which hardly ever change. */
  private async load(): Promise<void> {
    await Promise.all([this.metrics.refresh(), this.servers.refresh(), this.rows.refresh()])
    await this.series.refresh()
  }

  private refresh(): void {
    void this.rows.refresh()
    void this.series.refresh()
  }

  private show(changes: Partial<HistoryView>): void {
    this.view = { ...this.view, ...changes }
    this.ctx?.navigate(location.pathname + writeView(this.view))
    this.refresh()
  }

  /** Other rows than before: from the first page. */
  private showAnew(changes: Partial<HistoryView>): void {
    this.show({ page: 1, ...changes })
  }

  /** Before a zoom there was the whole, one step back. */
  private zoom(range: ChartRange | null): void {
    if (range === null) history.back()
    else this.showAnew({ range: { from: Math.floor(range.from), to: Math.ceil(range.to) } })
  }

  private readonly onPopState = (): void => {
    this.view = readView(location.search)
    this.refresh()
  }

  /** Whose lines are drawn; undefined while that is not known. */
  private get charted(): readonly string[] | 'tooMany' | undefined {
    const { servers } = this.view
    const ids = servers.length > 0 ? servers : this.servers.value?.map(({ id }) => String(id))
    if (ids === undefined || ids.length === 0) return undefined
    return ids.length <= CHART_SERVERS ? ids : 'tooMany'
  }

  private get charts(): readonly Metric[] {
    return (this.metrics.value ?? []).filter(({ hourly }) => hourly.length > 0)
  }

  private get metric(): Metric | undefined {
    return this.charts.find(({ name }) => name === this.view.metric) ?? this.charts[0]
  }

  /** One object for one answer, for a chart draws a new one anew. */
  private lines(answer: HistorySeries, metric: Metric): ChartData {
    const names = this.servers.value
    if (this.drawn?.answer !== answer || this.drawn.names !== names) {
      this.drawn = { answer, names, data: chartData(answer, linesOf(metric), this.nameOf) }
    }
    return this.drawn.data
  }

  private serverOptions(): ComboboxOption[] {
    const known = (this.servers.value ?? []).map(({ id, name }) => ({
      value: String(id),
      label: name,
    }))
    const missing = this.view.servers.filter((id) => !known.some(({ value }) => value === id))
    return [...known, ...missing.map((id) => ({ value: id, label: this.nameOf(Number(id)) }))]
  }

  private readonly nameOf = (id: number): string => {
    const server = this.servers.value?.find((server) => server.id === id)
    if (server !== undefined || this.servers.value === undefined) return server?.name ?? String(id)
    return this.ctx?.i18n.t('history.deleted', { id: String(id) }) ?? String(id)
  }
}

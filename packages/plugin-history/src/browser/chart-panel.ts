import type { Metric } from '@mon/core'
import {
  type ChartData,
  type ChartRange,
  emptyState,
  errorState,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'

/** More lines than these nobody can tell apart, and the centre would read for long. */
export const CHART_SERVERS = 40

export interface ChartPanelOptions {
  ctx: WidgetContext
  /** Those that are kept by the hour. */
  metrics: readonly Metric[]
  metric: Metric | undefined
  choose(metric: string): void
  /** What is shown; `tooMany` servers cannot be, and `undefined` is still on its way. */
  shown: { data: ChartData; range: ChartRange } | 'tooMany' | undefined
  error: unknown
  retry(): void
  /** null: back to the whole. */
  zoom(range: ChartRange | null): void
}

/** The lines of one metric, and the choice among the metrics. */
export function chartPanel(options: ChartPanelOptions): TemplateResult {
  const { t } = options.ctx.i18n
  return html`<section class="panel history-chart" aria-labelledby="history-chart">
    <h2 class="sr" id="history-chart">${t('history.chart')}</h2>
    ${metricChoice(options)}
    <div class="panel-body">${content(options)}</div>
  </section>`
}

function content({ ctx, metric, shown, error, retry, zoom }: ChartPanelOptions): TemplateResult {
  const { t, locale } = ctx.i18n
  if (shown === 'tooMany') {
    const text = t('history.choose_text', { limit: CHART_SERVERS })
    return emptyState({ heading: t('history.choose'), text })
  }
  if (error !== undefined) return errorState({ heading: t('history.chart_failed'), error, retry })
  if (shown === undefined || metric === undefined) {
    return html`<div class="history-chart-space"></div>`
  }
  return html`<mon-chart
    .label=${metric.label[locale]}
    .unit=${metric.unit}
    .height=${280}
    .data=${shown.data}
    .range=${shown.range}
    @zoom=${({ detail }: CustomEvent<ChartRange | null>) => zoom(detail)}
  ></mon-chart>`
}

/** Buttons where there is room, one list where there is none. */
function metricChoice({ ctx, metrics, metric, choose }: ChartPanelOptions): TemplateResult {
  const { t, locale } = ctx.i18n
  return html`<div class="panel-head">
    <div class="seg history-metrics" role="group" aria-label=${t('history.metric')}>
      ${metrics.map(
        ({ name, label }) => html`<button
          type="button"
          aria-pressed=${name === metric?.name}
          @click=${() => choose(name)}
        >
          ${label[locale]}
        </button>`,
      )}
    </div>
    <select
      class="field history-metric"
      aria-label=${t('history.metric')}
      @change=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLSelectElement) choose(currentTarget.value)
      }}
    >
      ${metrics.map(
        ({ name, label }) =>
          html`<option value=${name} ?selected=${name === metric?.name}>${label[locale]}</option>`,
      )}
    </select>
  </div>`
}

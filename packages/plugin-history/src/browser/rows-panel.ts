import { type Answer, copyableError, errorState, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { Rows } from './ask.js'
import type { HistoryColumn } from './metrics.js'
import { historyTable } from './table.js'
import { type HistoryView, pageSize } from './view.js'

export interface RowsPanelOptions {
  ctx: WidgetContext
  view: HistoryView
  answer: Answer<Rows>
  /** All that there are. */
  columns: readonly HistoryColumn[]
  nameOf(serverId: number): string
  show(changes: Partial<HistoryView>): void
}

/** The rows behind the chart, and the choice of what they show. */
export function rowsPanel(options: RowsPanelOptions): TemplateResult {
  const { t } = options.ctx.i18n
  const { view, show } = options
  const choice = (byCard: boolean, key: string) => html`<button
    type="button"
    aria-pressed=${byCard === view.byCard}
    @click=${() => show({ byCard, page: 1 })}
  >
    ${t(key)}
  </button>`
  return html`<section class="history-rows" aria-labelledby="history-rows">
    <h2 class="sr" id="history-rows">${t('history.rows')}</h2>
    <div class="history-rows-head">
      <div class="seg" role="group" aria-label=${t('history.view')}>
        ${choice(false, 'history.by_server')}${choice(true, 'history.by_card')}
      </div>
      ${view.byCard ? nothing : columnChoice(options)}
    </div>
    ${content(options)}
  </section>`
}

function columnChoice({ ctx, columns, view, show }: RowsPanelOptions): TemplateResult {
  const { t, locale } = ctx.i18n
  return html`<mon-combobox
    label=${t('history.columns')}
    placeholder=${t('history.default_columns')}
    multiple
    .options=${columns.map(({ key, metric, fn }) => ({
      value: key,
      label: t(`history.${fn}`, { metric: metric.label[locale] }),
    }))}
    .selected=${view.columns ?? []}
    @change=${({ detail }: CustomEvent<string[]>) =>
      show({ columns: detail.length > 0 ? detail : null })}
  ></mon-combobox>`
}

function content(options: RowsPanelOptions): TemplateResult {
  const { ctx, view, answer, columns, nameOf, show } = options
  const { t } = ctx.i18n
  const { value, error, refresh } = answer
  if (value === undefined && error !== undefined) {
    return errorState({ heading: t('history.rows_failed'), error, retry: () => void refresh() })
  }
  return html`${error === undefined ? nothing : copyableError(error)}
  ${historyTable({
    ctx,
    rows: value?.rows ?? [],
    columns,
    chosen: view.columns,
    byCard: view.byCard,
    nameOf,
    table: {
      label: t('history.rows'),
      sort: view.sort,
      onSort: (sort) => show({ sort, page: 1 }),
      pages: {
        page: view.page,
        size: pageSize(view),
        total: value?.total ?? 0,
        go: (page) => show({ page }),
      },
      ...(value === undefined && { loading: t('history.loading') }),
    },
  })}`
}

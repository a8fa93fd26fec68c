import { type DataTableOptions, dataTable, quantity, type WidgetContext } from '@mon/ui-kit'
import type { TemplateResult } from 'lit'
import { chosenColumns, type HistoryColumn } from './metrics.js'
import { byCard, type CardHourRow, cardColumns, type HourlyRow, numberOf } from './rows.js'

export interface HistoryTableOptions {
  ctx: WidgetContext
  rows: readonly HourlyRow[]
  /** All that there are. */
  columns: readonly HistoryColumn[]
  chosen: readonly string[] | null
  byCard: boolean
  nameOf(serverId: number): string
  table: Pick<DataTableOptions<unknown>, 'label' | 'sort' | 'onSort' | 'pages' | 'loading'>
}

/** A page of rows: one for every server and hour, or one for every card in it. */
export function historyTable(options: HistoryTableOptions): TemplateResult {
  return options.byCard ? cardTable(options) : serverTable(options)
}

function serverTable({ ctx, rows, columns, chosen, nameOf, table }: HistoryTableOptions) {
  const { t, locale } = ctx.i18n
  return dataTable<HourlyRow>({
    ...table,
    rows,
    id: ({ server_id, ts }) => `${server_id}-${ts}`,
    columns: [
      timeColumn(ctx),
      {
        key: 'server_id',
        label: t('history.server'),
        sortable: true,
        value: ({ server_id }) => nameOf(server_id),
      },
      ...chosenColumns(columns, chosen).map(({ key, metric, fn }) => ({
        key,
        label: t(`history.${fn}`, { metric: metric.label[locale] }),
        sortable: true,
        numeric: true,
        cell: (row: HourlyRow) => quantity(ctx.fmt.measure(numberOf(row[key]), metric.unit)),
      })),
    ],
  })
}

/** The order is that of the hours: a card's own figures cannot be sorted by. */
function cardTable({ ctx, rows, nameOf, table }: HistoryTableOptions) {
  const { t } = ctx.i18n
  return dataTable<CardHourRow>({
    ...table,
    rows: byCard(rows),
    id: ({ server_id, ts, card }) => `${server_id}-${ts}-${card.uuid ?? card.index}`,
    columns: [
      timeColumn(ctx),
      { key: 'server_id', label: t('history.server'), value: ({ server_id }) => nameOf(server_id) },
      {
        key: 'card',
        label: t('history.card'),
        value: ({ card }) => [card.index, card.name].filter((part) => part !== null).join(' · '),
      },
      ...cardColumns.flatMap(({ metric, unit, label, fns }) =>
        fns.map((fn) => ({
          key: `${metric}_${fn}`,
          label: t(`history.${fn}`, { metric: t(`history.${label}`) }),
          numeric: true,
          cell: ({ card }: CardHourRow) => quantity(ctx.fmt.measure(card[`${metric}_${fn}`], unit)),
        })),
      ),
    ],
  })
}

function timeColumn<Row extends { ts: number }>({ i18n, fmt }: WidgetContext) {
  return {
    key: 'ts',
    label: i18n.t('history.time'),
    sortable: true,
    value: ({ ts }: Row) => fmt.dateTime(ts),
  }
}

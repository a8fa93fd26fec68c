import type { Metric } from '@mon/core'
import type { WidgetContext } from '@mon/ui-kit'
import type { HistorySeries } from '../aggregator/api/series-route.js'
import { linesOf } from './metrics.js'
import type { HourlyRow } from './rows.js'
import { type HistoryView, hoursOf, pageSize } from './view.js'

/** A point of the chart for every two pixels of a wide screen. */
const CHART_POINTS = 720

export interface Rows {
  rows: HourlyRow[]
  total: number
  /** Of the oldest row that these servers have, where the range has none. */
  earliest: number | null
}

/** The page of rows that is shown. */
export async function askRows(ctx: WidgetContext, view: HistoryView): Promise<Rows> {
  const query = filterOf(view)
  query.set('sort', view.sort.key)
  query.set('order', view.sort.descending ? 'desc' : 'asc')
  query.set('limit', String(pageSize(view)))
  query.set('offset', String((view.page - 1) * pageSize(view)))
  if (view.byCard) query.set('gpu', '1')
  const response = await ctx.fetch(`/api/history/hourly?${query}`)
  const rows: HourlyRow[] = await response.json()
  const total = Number(response.headers.get('x-total-count') ?? rows.length)
  return { rows, total, earliest: total === 0 ? await askEarliest(ctx, view) : null }
}

/** The hours of a metric, of these servers. */
export function askSeries(
  ctx: WidgetContext,
  view: HistoryView,
  servers: readonly string[],
  metric: Metric,
): Promise<HistorySeries> {
  const query = filterOf({ ...view, servers })
  const { line, band } = linesOf(metric)
  for (const field of [line, band]) if (field !== null) query.append('fields', field)
  query.set('points', String(CHART_POINTS))
  return ctx.request('GET', `/api/history/series?${query}`)
}

/** Where all rows of the filter are had as CSV. */
export function csvPath(view: HistoryView): string {
  const query = filterOf(view)
  if (view.byCard) query.set('gpu', '1')
  return `/api/history/hourly.csv?${query}`
}

async function askEarliest(ctx: WidgetContext, { servers }: HistoryView): Promise<number | null> {
  const query = serversOf(servers)
  query.set('order', 'asc')
  query.set('limit', '1')
  const [first] = await ctx.request<HourlyRow[]>('GET', `/api/history/hourly?${query}`)
  return first?.ts ?? null
}

function filterOf({ servers, range }: HistoryView): URLSearchParams {
  const { from, to } = hoursOf(range, Date.now() / 1000)
  const query = serversOf(servers)
  query.set('from', String(from))
  if (to !== undefined) query.set('to', String(to))
  return query
}

function serversOf(servers: readonly string[]): URLSearchParams {
  return new URLSearchParams(servers.map((id) => ['server_id', id]))
}

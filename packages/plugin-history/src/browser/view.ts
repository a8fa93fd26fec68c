import type { DateRangeValue, TableSort } from '@mon/ui-kit'
import { HOUR_S } from '../table.js'

/** What the page shows: its address says it, and nothing else does. */
export interface HistoryView {
  /** Ids; none stands for all. */
  servers: readonly string[]
  range: DateRangeValue
  /** The name of a metric; null for the first. */
  metric: string | null
  /** Columns of the table; null for the usual ones. */
  columns: readonly string[] | null
  /** A row for every card, not for every server. */
  byCard: boolean
  sort: TableSort
  /** From 1. */
  page: number
}

/** Rows of the answer on one page; by card each is up to 16 rows of the table. */
export function pageSize({ byCard }: HistoryView): number {
  return byCard ? 5 : 20
}

const DAY_S = 24 * HOUR_S

/** The ranges that have a name in the address. */
export const presets = {
  '24h': DAY_S,
  '7d': 7 * DAY_S,
  '30d': 30 * DAY_S,
  '90d': 90 * DAY_S,
  '1y': 365 * DAY_S,
}

const usual: HistoryView = {
  servers: [],
  range: { last_s: 7 * DAY_S },
  metric: null,
  columns: null,
  byCard: false,
  sort: { key: 'ts', descending: true },
  page: 1,
}

/** Reads a query string; what it does not say, or says wrongly, is as usual. */
export function readView(search: string): HistoryView {
  const query = new URLSearchParams(search)
  const columns = query.getAll('col').filter(isName)
  const page = Number(query.get('page') ?? 1)
  return {
    servers: [...new Set(query.getAll('s').filter((id) => /^[1-9]\d{0,14}$/.test(id)))],
    range: readRange(query),
    metric: [query.get('metric')].find(isName) ?? null,
    columns: columns.length > 0 ? columns : null,
    byCard: query.get('by') === 'card',
    sort: readSort(query.get('sort')),
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  }
}

/** The query string of a view: what is as usual is left out. */
export function writeView(view: HistoryView): string {
  const query = new URLSearchParams(view.servers.map((id) => ['s', id]))
  writeRange(query, view.range)
  if (view.metric !== null) query.set('metric', view.metric)
  for (const column of view.columns ?? []) query.append('col', column)
  if (view.byCard) query.set('by', 'card')
  const { key, descending } = view.sort
  if (key !== usual.sort.key || !descending) query.set('sort', `${descending ? '-' : ''}${key}`)
  if (view.page > 1) query.set('page', String(view.page))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** The hours of a range, epoch seconds; without `to` up to the running hour. */
export function hoursOf(range: DateRangeValue, now: number): { from: number; to?: number } {
  if ('last_s' in range) return { from: Math.floor((now - range.last_s) / HOUR_S) * HOUR_S }
  return {
    from: Math.floor(range.from / HOUR_S) * HOUR_S,
    to: Math.ceil(range.to / HOUR_S) * HOUR_S,
  }
}

function readRange(query: URLSearchParams): DateRangeValue {
  const name = query.get('range')
  const preset = Object.entries(presets).find(([preset]) => preset === name)
  if (preset) return { last_s: preset[1] }
  const [from, to] = ['from', 'to'].map((name) => readTime(query.get(name)))
  return from !== undefined && to !== undefined && from < to ? { from, to } : usual.range
}

function writeRange(query: URLSearchParams, range: DateRangeValue): void {
  if ('last_s' in range) {
    const name = Object.entries(presets).find(([, seconds]) => seconds === range.last_s)?.[0]
    if (name !== undefined && name !== '7d') query.set('range', name)
    return
  }
  query.set('from', writeTime(range.from))
  query.set('to', writeTime(range.to))
}

/** Epoch seconds; a plus sign that somebody typed into an address has become a space. */
function readTime(text: string | null): number | undefined {
  const time = Date.parse(text?.replace(' ', '+') ?? '') / 1000
  return Number.isFinite(time) ? Math.floor(time) : undefined
}

function writeTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

function readSort(text: string | null): TableSort {
  const key = text?.replace(/^-/, '')
  return isName(key) ? { key, descending: text?.startsWith('-') ?? false } : usual.sort
}

function isName(text: string | null | undefined): text is string {
  return typeof text === 'string' && /^[a-z][a-z0-9_]{0,63}$/.test(text)
}

import type { SqlValue } from '@mon/core'
import { type Access, type Clause, type Extent, type Filter, quote } from './filter.js'

export type Direction = 'asc' | 'desc'

/** Where a page ended: the value it was sorted by, and what tells rows of the same value apart. */
export interface Position {
  value: SqlValue
  ts: number
  server_id: number
}

export interface Order {
  sort: string
  direction: Direction
}

/** Unknown values come last in either direction; ties are by time, then by server. */
export function orderBy({ sort, direction }: Order): string {
  const way = direction.toUpperCase()
  if (sort === 'ts') return `ts ${way}, server_id`
  if (sort === 'server_id') return `server_id ${way}, ts`
  const column = quote(sort)
  return `${column} IS NULL, ${column} ${way}, ts, server_id`
}

/** Narrows a filter that is sorted by time to what can follow, so that the index leads there at once. */
export function filterAfter(filter: Filter, { sort, direction }: Order, after: Position): Filter {
  if (sort !== 'ts') return filter
  return direction === 'desc'
    ? { ...filter, to: Math.min(filter.to, after.ts + 1) }
    : { ...filter, from: Math.max(filter.from, after.ts) }
}

/** The condition that a row comes after the position. */
export function isAfter({ sort, direction }: Order, { value, ts, server_id }: Position): Clause {
  if (sort === 'ts') return { sql: '(ts <> ? OR server_id > ?)', parameters: [ts, server_id] }
  const later = direction === 'asc' ? '>' : '<'
  if (sort === 'server_id') {
    return {
      sql: `(server_id ${later} ? OR (server_id = ? AND ts > ?))`,
      parameters: [server_id, server_id, ts],
    }
  }
  const column = quote(sort)
  const tie = '(ts > ? OR (ts = ? AND server_id > ?))'
  const ties = [ts, ts, server_id]
  if (value === null) return { sql: `(${column} IS NULL AND ${tie})`, parameters: ties }
  return {
    sql: `(${column} ${later} ? OR (${column} = ? AND ${tie}) OR ${column} IS NULL)`,
    parameters: [value, value, ...ties],
  }
}

/** From here on it is cheaper to read the whole table than to jump into it from the index. */
const MOST_OF_IT = 0.5
/** Rows of one server lie far apart: each costs about as much as so many in a row. */
const APART = 4

/** @param rows how many are wanted, with those that are skipped */
export function accessFor(
  { server_ids }: Filter,
  { sort }: Order,
  { hours, servers, share }: Extent,
  rows: number,
): Access {
  const wanted = server_ids.length
  if (wanted === 0) {
    if (sort === 'server_id') return 'server'
    return sort === 'ts' || share < MOST_OF_IT ? 'time' : 'table'
  }
  if (wanted === 1 || sort === 'server_id') return 'server'
  const byServer = wanted * hours
  const byTime = servers * hours
  if (sort !== 'ts') {
    if (byServer * APART < byTime) return 'server'
    return share < MOST_OF_IT ? 'time' : 'table'
  }
  // In the order of time one can stop early.
  return byServer * 2 < Math.min(byTime, (rows * servers) / wanted) ? 'server' : 'time'
}

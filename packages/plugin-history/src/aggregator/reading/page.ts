import type { ReadConnection, SqlValue } from '@mon/core'
import { TABLE } from '../../table.js'
import { extentOf, type Filter, quote, selectBy } from './filter.js'
import { rowsAsJson } from './json-rows.js'
import { accessFor, filterAfter, isAfter, type Order, orderBy, type Position } from './order.js'

export interface PageQuery {
  filter: Filter
  order: Order
  /** In the order in which they are shown; `gpu_details` is JSON. */
  columns: readonly string[]
  limit: number
  offset: number
  after: Position | null
}

export interface Page {
  /** A JSON array of rows. */
  body: Uint8Array
  /** Where the next page begins; null at the end. */
  next: Position | null
}

/** Finds the rows by an index alone, and reads only those that are shown. */
export function readPage(connection: ReadConnection, query: PageQuery): Page {
  const { order, columns, limit } = query
  const ids = findRows(connection, query)
  const shown = ids.slice(0, limit)
  const rows = readRows(connection, shown, ['server_id', 'ts', order.sort, ...columns])
  const last = ids.length > limit ? rows.at(-1) : undefined
  const cells = rows.map((row) => row.slice(3))
  return { body: rowsAsJson(columns, cells), next: last === undefined ? null : positionOf(last) }
}

/** The ids of the page in its order, and of one row more where there is one. */
export function findRows(connection: ReadConnection, query: PageQuery): number[] {
  const { sql, parameters } = rowsQuery(connection, query)
  return connection.rows(sql, parameters).map(([id]) => Number(id))
}

/** The statement that finds them. */
export function rowsQuery(
  connection: ReadConnection,
  { filter, order, limit, offset, after }: PageQuery,
): { sql: string; parameters: SqlValue[] } {
  const narrowed = after === null ? filter : filterAfter(filter, order, after)
  const access = accessFor(narrowed, order, extentOf(connection, narrowed), limit + offset)
  const where = selectBy(access, narrowed)
  const next = after === null ? { sql: '1', parameters: [] } : isAfter(order, after)
  return {
    sql: `SELECT id FROM ${where.sql} AND ${next.sql} ORDER BY ${orderBy(order)} LIMIT ? OFFSET ?`,
    parameters: [...where.parameters, ...next.parameters, limit + 1, offset],
  }
}

function readRows(
  connection: ReadConnection,
  ids: readonly number[],
  columns: readonly string[],
): SqlValue[][] {
  // A cross join is walked in the order of its left side.
  return connection.rows(
    `SELECT ${columns.map(cellOf).join()} FROM json_each(?) AS page
     CROSS JOIN ${TABLE} ON ${TABLE}.id = page.value`,
    [JSON.stringify(ids)],
  )
}

/** What somebody else has put there may not be JSON. */
function cellOf(column: string): string {
  if (column !== 'gpu_details') return quote(column)
  return 'CASE WHEN json_valid(gpu_details) THEN gpu_details END'
}

function positionOf([server_id, ts, value]: readonly SqlValue[]): Position {
  return { server_id: Number(server_id), ts: Number(ts), value: value ?? null }
}

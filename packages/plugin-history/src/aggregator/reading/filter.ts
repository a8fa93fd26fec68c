import type { ReadConnection, SqlValue } from '@mon/core'
import { HOUR_S, TABLE } from '../../table.js'

/** Which rows are meant. */
export interface Filter {
  /** Empty: all. */
  server_ids: readonly number[]
  /** Epoch seconds; inclusive. */
  from: number
  /** Epoch seconds; exclusive. */
  to: number
}

/** A part of a statement, and what stands for its question marks. */
export interface Clause {
  sql: string
  parameters: SqlValue[]
}

/**
 * Which index leads to the rows: that by time, that by server, or none, for a sort that has to look
 * at most rows anyway. SQLite is not left to choose: after an ANALYZE it skips through the index by
 * server for a range of time, which is several times slower.
 */
export type Access = 'time' | 'server' | 'table'

const INDEX_BY_TIME = 'samples_hourly_by_time'

/** The table, and the condition that the filter is. A plus keeps SQLite from using that column's index. */
export function selectBy(access: Access, { server_ids, from, to }: Filter): Clause {
  const table = access === 'time' ? `${TABLE} INDEXED BY ${INDEX_BY_TIME}` : TABLE
  const ts = access === 'table' ? '+ts' : 'ts'
  const server = access === 'server' ? 'server_id' : '+server_id'
  const range = `${ts} >= ? AND ${ts} < ?`
  const [only, ...others] = server_ids
  if (only === undefined) return { sql: `${table} WHERE ${range}`, parameters: [from, to] }
  return others.length === 0
    ? { sql: `${table} WHERE ${server} = ? AND ${range}`, parameters: [only, from, to] }
    : {
        sql: `${table} WHERE ${server} IN (SELECT value FROM json_each(?)) AND ${range}`,
        parameters: [JSON.stringify(server_ids), from, to],
      }
}

/** How many hours of the filter the table can hold, and how many servers there are. */
export interface Extent {
  hours: number
  servers: number
  /** The part of all hours that the filter is about, 0 to 1. */
  share: number
}

export function extentOf(connection: ReadConnection, { from, to }: Filter): Extent {
  const span = spanOf(connection)
  if (span === null) return { hours: 0, servers: 1, share: 0 }
  const [[servers] = []] = connection.rows('SELECT count(*) FROM servers')
  const { oldest, newest } = span
  const all = (newest - oldest) / HOUR_S + 1
  const hours = Math.max(0, (Math.min(to, newest + 1) - Math.max(from, oldest)) / HOUR_S + 1)
  return { hours, servers: Math.max(1, Number(servers)), share: Math.min(1, hours / all) }
}

/** The first and the last hour of the table; null where it has none. */
export function spanOf(connection: ReadConnection): { oldest: number; newest: number } | null {
  const [[oldest, newest] = []] = connection.rows(
    `SELECT (SELECT min(ts) FROM ${TABLE}), (SELECT max(ts) FROM ${TABLE})`,
  )
  if (typeof oldest !== 'number' || typeof newest !== 'number') return null
  return { oldest, newest }
}

/** A name of a column is safe in SQL so. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

import type { ReadConnection, SqlValue } from '@mon/core'
import { type CsvRow, csvLines } from './csv-rows.js'
import { type Filter, quote, selectBy } from './filter.js'
import { filterAfter, isAfter, orderBy, type Position } from './order.js'

export interface CsvQuery {
  filter: Filter
  direction: 'asc' | 'desc'
  columns: readonly string[]
  per_card: boolean
  after: Position | null
}

export interface CsvPart {
  /** Whole lines. */
  body: Uint8Array
  /** Where the next part begins; null at the end. */
  next: Position | null
}

const PART_CHARACTERS = 256 * 1024
const ROWS_AT_ONCE = 500

/** Some lines of an export. No read is open between two parts, however long they are apart. */
export function readCsvPart(connection: ReadConnection, query: CsvQuery): CsvPart {
  const names = new Map(
    connection.rows('SELECT id, name FROM servers').map(([id, name]) => [id, String(name)]),
  )
  let text = ''
  let { after } = query
  while (text.length < PART_CHARACTERS) {
    const rows = readRows(connection, { ...query, after })
    for (const row of rows) text += csvLines(row, names.get(row[0]) ?? '', query.per_card)
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return { body: bytes(text), next: null }
    after = { value: null, server_id: last[0], ts: last[1] }
  }
  return { body: bytes(text), next: after }
}

function readRows(
  connection: ReadConnection,
  { filter, direction, columns, per_card, after }: CsvQuery,
): CsvRow[] {
  const order = { sort: 'ts', direction }
  const narrowed = after === null ? filter : filterAfter(filter, order, after)
  // By time, as they are written: a part takes up where the one before has ended, and sorts nothing.
  const access = filter.server_ids.length === 1 ? 'server' : 'time'
  const where = selectBy(access, narrowed)
  const next = after === null ? { sql: '1', parameters: [] } : isAfter(order, after)
  const cells = ['server_id', 'ts', per_card ? 'gpu_details' : 'NULL', ...columns.map(quote)]
  const found = connection.rows(
    `SELECT ${cells.join()} FROM ${where.sql} AND ${next.sql} ORDER BY ${orderBy(order)} LIMIT ?`,
    [...where.parameters, ...next.parameters, ROWS_AT_ONCE],
  )
  return found.map(asCsvRow)
}

function asCsvRow([server_id, ts, cards, ...values]: readonly SqlValue[]): CsvRow {
  return [Number(server_id), Number(ts), cards ?? null, ...values]
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text)
}

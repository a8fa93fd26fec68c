import { sql } from 'kysely'
import { MonError } from '../errors.js'
import type { Queries } from './ledger.js'

/**
 * Runs a change of the schema in a transaction, and rejects (so that the transaction rolls
 * back) if a table that is there before and after has gained or lost rows, or if a foreign
 * key has lost its row.
 */
export async function keepingRows<Result>(
  transaction: Queries,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await contentsOf(transaction)
  const result = await change()
  const after = await contentsOf(transaction)

  for (const [table, rows] of before.rows) {
    const now = after.rows.get(table) ?? rows
    if (now !== rows) throw changed(`Table ${table} would go from ${rows} rows to ${now}.`)
  }
  const orphans = after.orphans - before.orphans
  if (orphans > 0) throw changed(`${orphans} rows would lose the row they refer to.`)
  return result
}

interface Contents {
  rows: Map<string, number>
  orphans: number
}

async function contentsOf(queries: Queries): Promise<Contents> {
  const tables = await sql<{ name: string }>`
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table'
      AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'mon_migrations'`.execute(queries)
  const rows = new Map<string, number>()
  for (const { name } of tables.rows) {
    rows.set(name, await count(queries, sql.table(name)))
  }
  return { rows, orphans: await count(queries, sql`pragma_foreign_key_check`) }
}

async function count(queries: Queries, source: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${source}`.execute(queries)
  return rows[0]?.n ?? 0
}

function changed(message: string): MonError {
  return new MonError('MIGRATION_FAILED', message, { hint: 'The change was taken back.' })
}

import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { RegisteredMigration } from './migration-registry.js'

/** What has been applied to a database. A file of version 1.0 has no ledger. */
export interface LedgerRow {
  plugin: string
  id: string
  version: string
  /** SHA-256 of the statements that were run. */
  checksum: string
  /** JSON array of SQL, so that a rollback does without the plugin. */
  down: string
  /** Epoch seconds. */
  applied_at: number
}

export interface LedgerTables {
  mon_migrations: LedgerRow
}

/** A database or a transaction. */
export type Queries = Kysely<LedgerTables>

export const createLedgerSql = `CREATE TABLE IF NOT EXISTS mon_migrations (
  plugin TEXT NOT NULL,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  checksum TEXT NOT NULL,
  down TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  PRIMARY KEY (plugin, id)
)`

/** Whether the schema has this table. */
export async function hasTable(queries: Queries, table: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${table}`.execute(queries)
  return rows.length > 0
}

/** In the order they were applied. */
export async function readLedger(queries: Queries): Promise<LedgerRow[]> {
  if (!(await hasTable(queries, 'mon_migrations'))) return []
  return queries.selectFrom('mon_migrations').selectAll().orderBy(sql`rowid`).execute()
}

export function toLedgerRow(migration: RegisteredMigration, appliedAt: Date): LedgerRow {
  const { plugin, id, version, down } = migration
  return {
    plugin,
    id,
    version,
    checksum: checksumOf(migration),
    down: JSON.stringify(down),
    applied_at: Math.floor(appliedAt.getTime() / 1000),
  }
}

/** The same for statements that differ in white space alone. */
export function checksumOf({ up }: Pick<RegisteredMigration, 'up'>): string {
  const statements = up.map((statement) => statement.trim().replace(/\s+/g, ' '))
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex')
}

import { sql } from 'kysely'
import type { Logger } from 'pino'
import { MonError, messageOf } from '../errors.js'
import { isColumnMigration, type LastingColumn } from './column-migration.js'
import { CORE } from './core-migrations.js'
import type { Database } from './database.js'
import { keepingRows } from './keeping-rows.js'
import {
  checksumOf,
  createLedgerSql,
  type LedgerTables,
  type Queries,
  readLedger,
  toLedgerRow,
} from './ledger.js'
import type { RegisteredMigration } from './migration-registry.js'

export interface MigrateOptions {
  log: Logger
  /** Take back a plugin's migrations if they change the number of rows of any table. */
  keepRows?: boolean
}

export interface MigrationResult {
  /** A plugin's id, or `core`. */
  plugin: string
  /** Ids of the migrations that were run now; none where one failed. */
  applied: string[]
  /** MIGRATION_FAILED, MIGRATION_CHANGED, DATABASE_NEWER or DATABASE_UNAVAILABLE. */
  error?: MonError
}

/**
 * Brings the schema up to date. The pending migrations of each plugin run in one
 * transaction: all of them, or none. A plugin that fails does not stop the others; where
 * core fails, its result is the last one. Two processes may do this at once.
 */
export async function migrate(
  database: Database,
  migrations: readonly RegisteredMigration[],
  options: MigrateOptions,
): Promise<MigrationResult[]> {
  const results: MigrationResult[] = []
  for (const [plugin, own] of Map.groupBy(migrations, (migration) => migration.plugin)) {
    const result = await migratePlugin(database, plugin, own, options)
    results.push(result)
    if (result.error && plugin === CORE) break
  }
  return results
}

async function migratePlugin(
  database: Database,
  plugin: string,
  migrations: readonly RegisteredMigration[],
  { log, keepRows = false }: MigrateOptions,
): Promise<MigrationResult> {
  try {
    const applied = await database
      .query<LedgerTables>()
      .transaction()
      .execute(async (transaction) => {
        // Read under the write lock: another process may have migrated while we waited for it.
        const pending = await findPending(transaction, plugin, migrations)
        if (pending.length === 0) return []
        const run = () => apply(transaction, pending)
        return keepRows ? keepingRows(transaction, run) : run()
      })
    if (applied.length > 0) log.info({ plugin, applied }, 'Migrated the database')
    return { plugin, applied }
  } catch (error) {
    return { plugin, applied: [], error: toMonError(plugin, error) }
  }
}

async function findPending(
  transaction: Queries,
  plugin: string,
  migrations: readonly RegisteredMigration[],
): Promise<RegisteredMigration[]> {
  const ledger = await readLedger(transaction)
  const applied = new Map(ledger.filter((row) => row.plugin === plugin).map((row) => [row.id, row]))

  for (const { id, version } of applied.values()) {
    if (isColumnMigration(id) || migrations.some((migration) => migration.id === id)) continue
    const message = `The database has migration ${plugin}/${id} of version ${version}, which is not known here.`
    throw new MonError('DATABASE_NEWER', message, {
      hint: 'Run the newer version, or undo it with `mon db rollback --to VERSION`.',
    })
  }
  for (const migration of migrations) {
    const row = applied.get(migration.id)
    if (!row || row.checksum === checksumOf(migration)) continue
    const message = `Migration ${plugin}/${migration.id} is not the one that was applied.`
    throw new MonError('MIGRATION_CHANGED', message, {
      hint: 'A released migration never changes: put it back and add another one.',
    })
  }
  return migrations.filter(({ id }) => !applied.has(id))
}

async function apply(
  transaction: Queries,
  migrations: readonly RegisteredMigration[],
): Promise<string[]> {
  await sql.raw(createLedgerSql).execute(transaction)
  for (const migration of migrations) {
    const isThere = migration.column && (await hasColumn(transaction, migration.column))
    if (!isThere) await runStatements(transaction, nameOf(migration), migration.up)
    // A column that was there before us is not ours to drop.
    const row = toLedgerRow(isThere ? { ...migration, down: [] } : migration, new Date())
    await transaction.insertInto('mon_migrations').values(row).execute()
  }
  return migrations.map(({ id }) => id)
}

function nameOf({ plugin, id }: RegisteredMigration): string {
  return `Migration ${plugin}/${id}`
}

/** SQLite's names of columns know no case. */
async function hasColumn(transaction: Queries, { table, column }: LastingColumn): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM pragma_table_info(${table}) WHERE lower(name) = ${column}`.execute(transaction)
  return rows.length > 0
}

/** Rejects with MIGRATION_FAILED, which names the statement by its place. */
export async function runStatements(
  transaction: Queries,
  what: string,
  statements: readonly string[],
): Promise<void> {
  for (const [index, statement] of statements.entries()) {
    try {
      await sql.raw(statement).execute(transaction)
    } catch (cause) {
      const where = `${what} failed in statement ${index + 1} of ${statements.length}`
      throw new MonError('MIGRATION_FAILED', `${where}: ${messageOf(cause)}`, {
        cause,
        hint: 'Nothing was changed.',
      })
    }
  }
}

function toMonError(plugin: string, error: unknown): MonError {
  if (error instanceof MonError) return error
  const message = `The migrations of ${plugin} failed: ${messageOf(error)}`
  return new MonError('MIGRATION_FAILED', message, { cause: error })
}

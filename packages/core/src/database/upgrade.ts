import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { MonError } from '../errors.js'
import type { OpenDatabase } from './database.js'
import { hasTable, type LedgerTables } from './ledger.js'
import { type MigrationResult, migrate } from './migrate.js'
import type { RegisteredMigration } from './migration-registry.js'

export interface Upgrade {
  /** The copy of the 1.0 file as it was, where there was one to adopt. */
  backup: string | null
  results: MigrationResult[]
}

/**
 * Brings any database to this version: migrates it, and before that adopts a file of
 * version 1.0. Rejects with DATABASE_UNAVAILABLE where such a file is not fit for it.
 */
export async function upgrade(
  database: OpenDatabase,
  migrations: readonly RegisteredMigration[],
  { log }: { log: Logger },
): Promise<Upgrade> {
  return (await isVersion1(database))
    ? adopt(database, migrations, log)
    : { backup: null, results: await migrate(database, migrations, { log }) }
}

/** Version 1.0 kept no ledger. */
async function isVersion1(database: OpenDatabase): Promise<boolean> {
  const queries = database.query<LedgerTables>()
  return (await hasTable(queries, 'servers')) && !(await hasTable(queries, 'mon_migrations'))
}

/** Check, back up, migrate with every row kept, check again. */
async function adopt(
  database: OpenDatabase,
  migrations: readonly RegisteredMigration[],
  log: Logger,
): Promise<Upgrade> {
  await checkColumns(database)
  await checkIntegrity(database)
  const backup = await database.backup()
  log.info({ file: database.file, backup }, 'Adopting a database of version 1.0')
  const results = await migrate(database, migrations, { log, keepRows: true })
  if (await isVersion1(database)) {
    // Nothing came of it. A service that is restarted would fill the disk with copies.
    await rm(backup)
    return { backup: null, results }
  }
  await checkIntegrity(database, `Its state before the upgrade is in ${backup}.`)
  return { backup, results }
}

const columnsOfVersion1 = ['id', 'name', 'base_url', 'enabled', 'created_at', 'updated_at']

async function checkColumns(database: OpenDatabase): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM pragma_table_info('servers')`.execute(database.query())
  const present = new Set(rows.map(({ name }) => name))
  const missing = columnsOfVersion1.filter((name) => !present.has(name))
  if (missing.length === 0) return
  const message = `The database ${database.file} is not one of version 1.0: its table servers has no column ${missing.join(', ')}.`
  throw new MonError('DATABASE_UNAVAILABLE', message, {
    hint: 'Check the path `database` in the configuration.',
  })
}

async function checkIntegrity(
  database: OpenDatabase,
  hint = 'Put a backup in its place.',
): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`PRAGMA quick_check(1)`.execute(
    database.query(),
  )
  const report = rows[0]?.quick_check
  if (report === 'ok') return
  const message = `The database ${database.file} is damaged: ${report}`
  throw new MonError('DATABASE_UNAVAILABLE', message, { hint })
}

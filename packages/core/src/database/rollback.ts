import { sql } from 'kysely'
import type { Logger } from 'pino'
import { MonError } from '../errors.js'
import type { Database } from './database.js'
import { keepingRows } from './keeping-rows.js'
import { type LedgerRow, type LedgerTables, type Queries, readLedger } from './ledger.js'
import { runStatements } from './migrate.js'
import { FIRST_RELEASE, isNewer, isRelease } from './migration-version.js'

export interface RollbackOptions {
  /** A release from 1.0 on. */
  to: string
  log: Logger
}

/**
 * Undoes all migrations of releases after `to`, the last one first, in one transaction and
 * by the statements kept in the database, so no plugin is needed. At 1.0 the ledger goes as
 * well: the file is one of version 1.0 again. Returns what was undone.
 */
export async function rollback(
  database: Database,
  { to, log }: RollbackOptions,
): Promise<LedgerRow[]> {
  if (!isRelease(to)) {
    throw new MonError('REQUEST_INVALID', `The database cannot go back to version "${to}".`, {
      hint: `Name a release from ${FIRST_RELEASE} on.`,
    })
  }
  const undone = await database
    .query<LedgerTables>()
    .transaction()
    .execute((transaction) => keepingRows(transaction, () => undo(transaction, to)))
  const names = undone.map(({ plugin, id }) => `${plugin}/${id}`)
  log.info({ to, undone: names }, 'Rolled the database back')
  return undone
}

async function undo(transaction: Queries, to: string): Promise<LedgerRow[]> {
  const ledger = await readLedger(transaction)
  const newer = ledger.filter((row) => isNewer(row.version, to)).reverse()
  for (const { plugin, id, down } of newer) {
    const statements: string[] = JSON.parse(down)
    await runStatements(transaction, `The rollback of ${plugin}/${id}`, statements)
    await transaction
      .deleteFrom('mon_migrations')
      .where('plugin', '=', plugin)
      .where('id', '=', id)
      .execute()
  }
  if (!isNewer(to, FIRST_RELEASE))
    await sql`DROP TABLE IF EXISTS mon_migrations`.execute(transaction)
  return newer
}

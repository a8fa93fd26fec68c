import { MonError } from '../errors.js'
import type { SqliteConnection } from './sqlite-connection.js'
import { sqliteCodeOf } from './sqlite-errors.js'

/** @throws MonError DATABASE_IN_USE where another process has claimed the file */
export async function claim(sqlite: SqliteConnection, file: string): Promise<void> {
  try {
    await sqlite.claim(`${file}.lock`)
  } catch (error) {
    if (!sqliteCodeOf(error)?.startsWith('SQLITE_BUSY')) throw error
    throw new MonError('DATABASE_IN_USE', `Another process runs on the database ${file}.`, {
      hint: 'Stop the other aggregator, or set `database` to another file.',
      cause: error,
    })
  }
}

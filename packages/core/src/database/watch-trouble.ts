import type { Logger } from 'pino'
import { MonError, messageOf } from '../errors.js'
import { backup } from './backup.js'
import type { SqliteConnection } from './sqlite-connection.js'
import { isFileLost } from './sqlite-errors.js'

export interface WatchedConnection {
  sqlite: SqliteConnection
  trouble(): MonError | null
  /** Never rejects. No transaction may be open. */
  check(): Promise<void>
}

/**
 * Remembers why the file could not be used (a full disk, one that is read-only) until a check
 * finds that all is well: a read succeeds in either case, and so does a write for which there
 * happens to be room. The log has one line when it begins, and one when it ends.
 */
export function watchTrouble(
  connection: SqliteConnection,
  { file, log }: { file: string; log: Logger },
): WatchedConnection {
  let trouble: MonError | null = null
  let copy: string | null = null

  function note(found: MonError): void {
    // SQLite and the system word the same trouble differently; what to do about it is the same.
    if (found.hint !== trouble?.hint) {
      log.error({ code: found.code, hint: found.hint }, found.message)
    }
    trouble = found
  }

  /** What only the open file holds would be gone with this process. */
  async function rescue({ code, message, hint, cause }: MonError): Promise<MonError> {
    try {
      copy ??= await backup(connection, file)
      const advice = `All it held is in ${copy}. Stop the aggregator, put that copy or another file at ${file}, and start it again; until then no change is taken.`
      return new MonError(code, message, { hint: advice, cause })
    } catch (error) {
      const reason = `What it held is not saved yet, which is tried again: ${messageOf(error)}`
      return new MonError(code, message, { hint: `${reason} ${hint}`, cause })
    }
  }

  return {
    sqlite: {
      ...connection,
      async execute(sql, parameters) {
        try {
          return await connection.execute(sql, parameters)
        } catch (error) {
          if (!(error instanceof MonError) || error.code !== 'DATABASE_UNAVAILABLE') throw error
          if (isFileLost(error)) throw trouble ?? error
          if (trouble === null) note(error)
          throw error
        }
      },
    },
    trouble: () => trouble,
    async check() {
      try {
        await connection.check()
        if (trouble !== null) log.info({ file }, 'The database can be used again')
        trouble = null
        copy = null
      } catch (error) {
        if (!(error instanceof MonError)) throw error
        note(isFileLost(error) ? await rescue(error) : error)
      }
    },
  }
}

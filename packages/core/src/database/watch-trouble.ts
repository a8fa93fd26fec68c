import { MonError } from '../errors.js'
import type { SqliteConnection } from './sqlite-connection.js'

/**
 * Remembers why the file could not be used (a full disk, one that is read-only) until a
 * statement writes to it again: a read succeeds in either case, and says nothing.
 */
export function watchTrouble(connection: SqliteConnection): {
  sqlite: SqliteConnection
  trouble(): MonError | null
} {
  let trouble: MonError | null = null
  return {
    sqlite: {
      ...connection,
      async execute(sql, parameters) {
        try {
          const result = await connection.execute(sql, parameters)
          if (result.isWrite) trouble = null
          return result
        } catch (error) {
          if (error instanceof MonError && error.code === 'DATABASE_UNAVAILABLE') trouble = error
          throw error
        }
      },
    },
    trouble: () => trouble,
  }
}

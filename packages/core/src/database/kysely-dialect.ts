import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { MonError } from '../errors.js'
import type { Mutex } from './mutex.js'
import type { SqliteConnection } from './sqlite-connection.js'

/**
 * Kysely over one connection in a worker. The mutex is the caller's, so that several
 * Kysely instances share the connection: each statement, or each transaction as a whole,
 * holds it.
 */
export function createSqliteDialect(sqlite: SqliteConnection, mutex: Mutex): Dialect {
  return {
    createDriver: () => createDriver(sqlite, mutex),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

function createDriver(sqlite: SqliteConnection, mutex: Mutex): Driver {
  const connection = createConnection(sqlite)
  return {
    async init() {},
    async acquireConnection() {
      await mutex.acquire()
      return connection
    },
    async releaseConnection() {
      mutex.release()
    },
    async beginTransaction() {
      // A deferred transaction that reads and then writes fails at once when another
      // process has written in between; an immediate one waits for its turn.
      await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'))
    },
    async commitTransaction() {
      await connection.executeQuery(CompiledQuery.raw('COMMIT'))
    },
    async rollbackTransaction() {
      await sqlite.rollback()
    },
    async destroy() {},
  }
}

function createConnection(sqlite: SqliteConnection): DatabaseConnection {
  return {
    async executeQuery({ sql, parameters }) {
      const { rows, changes, lastInsertRowid } = await sqlite.execute(sql, parameters)
      return { rows, numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    },
    streamQuery() {
      throw new MonError('DATABASE_FAILED', 'SQLite queries do not stream.', {
        hint: 'Read page by page, each from the last key of the page before.',
      })
    },
  }
}

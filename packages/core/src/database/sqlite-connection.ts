import { Worker } from 'node:worker_threads'
import { statementError, unavailable } from './sqlite-errors.js'
import type { SqliteCall, SqliteReply, SqliteRequest, StatementResult } from './sqlite-worker.js'

/**
 * One SQLite connection, in a worker thread of its own. Calls run in the order they are
 * made, and reject with DATABASE_FAILED (the statement is at fault) or
 * DATABASE_UNAVAILABLE (the file is, or the worker has ended).
 */
export interface SqliteConnection {
  execute(sql: string, parameters: readonly unknown[]): Promise<StatementResult<never>>
  /** Does nothing where no transaction is open. */
  rollback(): Promise<void>
  /** Writes a checked copy of mode 0600 to `to`, while other calls go on. */
  backup(to: string): Promise<void>
  /** Takes the lock file until the connection is closed; rejects with SQLITE_BUSY as its cause. */
  claim(lock: string): Promise<void>
  /** Writes without a change; rejects where the file cannot be written or is not the one opened. */
  check(): Promise<void>
  /** Gives some free pages back to the file system. */
  shrink(): Promise<void>
  /** Waits for what is running and ends the worker. Later calls are refused. */
  close(): Promise<void>
}

// What a row holds is known to the query alone: `never[]` fits the type it gives.
type Pending = PromiseWithResolvers<StatementResult<never>>

export async function connectSqlite(file: string): Promise<SqliteConnection> {
  const pending = new Map<number, Pending>()
  const exited = Promise.withResolvers<void>()
  let lastId = 0
  let refusal: unknown

  const worker = new Worker(workerUrl(), {
    name: 'mon-sqlite',
    workerData: { file },
    // Flags of this process, such as `--eval`, are not for a worker.
    execArgv: [],
  })
  worker.on('message', (reply: SqliteReply<never>) => {
    const call = pending.get(reply.id)
    pending.delete(reply.id)
    if ('result' in reply) call?.resolve(reply.result)
    else call?.reject(statementError(file, withCode(reply.error)))
  })
  worker.on('error', (error) => {
    refusal = error
  })
  worker.on('exit', () => {
    refusal ??= new Error('its worker thread ended')
    for (const call of pending.values()) call.reject(unavailable(file, refusal))
    pending.clear()
    exited.resolve()
  })

  await replyTo(lastId)
  return {
    execute: (sql, parameters) => send({ kind: 'execute', sql, parameters }),
    async rollback() {
      await send({ kind: 'rollback' })
    },
    async backup(to) {
      await send({ kind: 'backup', to })
    },
    async claim(lock) {
      await send({ kind: 'claim', lock })
    },
    async check() {
      await send({ kind: 'check' })
    },
    async shrink() {
      await send({ kind: 'shrink' })
    },
    async close() {
      await Promise.allSettled([...pending.values()].map((call) => call.promise))
      if (refusal) return
      const closed = send({ kind: 'close' })
      refusal = new Error('it is closed')
      await closed
      await exited.promise
    },
  }

  async function send(request: SqliteRequest): Promise<StatementResult<never>> {
    if (refusal) throw unavailable(file, refusal)
    const call: SqliteCall = { id: ++lastId, request }
    try {
      worker.postMessage(call)
    } catch (error) {
      // A parameter that cannot be copied to a thread, a function for instance.
      throw statementError(file, error)
    }
    return replyTo(call.id)
  }

  function replyTo(id: number): Promise<StatementResult<never>> {
    const call: Pending = Promise.withResolvers()
    pending.set(id, call)
    return call.promise
  }
}

/** A connection that is made by its first call; one that is never used never was. */
export function connectOnFirstUse(
  connect: () => Promise<SqliteConnection>,
): SqliteConnection & { open(): Promise<void> } {
  let connecting: Promise<SqliteConnection> | undefined
  const connected = () => {
    connecting ??= connect()
    return connecting
  }
  return {
    async open() {
      await connected()
    },
    execute: async (sql, parameters) => (await connected()).execute(sql, parameters),
    rollback: async () => (await connected()).rollback(),
    backup: async (to) => (await connected()).backup(to),
    claim: async (lock) => (await connected()).claim(lock),
    check: async () => (await connected()).check(),
    shrink: async () => (await connected()).shrink(),
    async close() {
      connecting ??= Promise.reject(new Error('it is closed'))
      const connection = await connecting.catch(() => undefined)
      await connection?.close()
    },
  }
}

/**
 * The build flattens folders into chunks beside `index.js`, yet keeps the worker's own;
 * from the sources, Node runs the TypeScript file as it is.
 */
function workerUrl(): URL {
  const fromSources = import.meta.url.endsWith('.ts')
  return new URL(
    fromSources ? './sqlite-worker.ts' : './database/sqlite-worker.js',
    import.meta.url,
  )
}

/** A copy made for another thread loses all but an error's message. */
export function withCode(error: { message: string; code: string | undefined }): Error {
  return Object.assign(new Error(error.message), { code: error.code })
}

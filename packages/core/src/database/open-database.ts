import { chmod, mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { backup } from './backup.js'
import { claim } from './claim.js'
import type { OpenDatabase } from './database.js'
import { createDatabaseWorker } from './database-worker.js'
import { createSqliteDialect } from './kysely-dialect.js'
import { createMutex } from './mutex.js'
import type { WorkerMethods } from './reader.js'
import { connectOnFirstUse, connectSqlite } from './sqlite-connection.js'
import { unavailable } from './sqlite-errors.js'
import { watchTrouble } from './watch-trouble.js'

export interface OpenDatabaseOptions {
  /** Made with its folder where it is missing; mode 0600, for it holds tokens. */
  file: string
  log: Logger
}

/** Opens the SQLite file at once, or rejects with DATABASE_UNAVAILABLE. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const database = createDatabase(options)
  await database.open()
  return database
}

/** The database, opened when it is first used: a file that nobody asks for is not made. */
export function createDatabase({ file, log }: OpenDatabaseOptions): OpenDatabase {
  const connection = connectOnFirstUse(async () => {
    await makePrivate(file, log).catch((error) => {
      const hint = 'Check that it and its folder belong to the user who runs this.'
      throw unavailable(file, error, hint)
    })
    return connectSqlite(file)
  })
  const { sqlite, trouble, check } = watchTrouble(connection, { file, log })
  const mutex = createMutex()
  const dialect = createSqliteDialect(sqlite, mutex)
  const endWorkers: (() => Promise<void>)[] = []
  let checking: Promise<void> | undefined
  let closing: Promise<void> | undefined

  return {
    file,
    open: connection.open,
    query: <Tables>() => new Kysely<Tables>({ dialect }),
    inWorker<Methods extends WorkerMethods<Methods>>(module: URL) {
      const worker = createDatabaseWorker<Methods>(file, module)
      endWorkers.push(worker.close)
      return worker
    },
    shrink: () => mutex.holdFor(sqlite.shrink),
    backup: (to) => backup(sqlite, file, to),
    claim: () => claim(sqlite, file),
    trouble,
    check() {
      checking ??= mutex.holdFor(check).finally(() => {
        checking = undefined
      })
      return checking
    },
    close() {
      closing ??= close()
      return closing
    },
  }

  async function close(): Promise<void> {
    // Kysely takes a few microtasks to ask for the connection: let in what was begun before.
    await setImmediate()
    await Promise.all(endWorkers.map((end) => end()))
    await mutex.holdFor(sqlite.close)
  }
}

/** SQLite gives its -wal and -shm files the mode of the database. */
async function makePrivate(file: string, log: Logger): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await createIfMissing(file)
  if (process.platform === 'win32') return

  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = await modeOf(path)
    if (mode === undefined || (mode & 0o077) === 0) continue
    await chmod(path, 0o600)
    const from = mode.toString(8).padStart(4, '0')
    log.warn({ file: path, from, to: '0600' }, 'The database was open to others: mode tightened')
  }
}

/**
 * Never opens a file that is there: to close it again would drop the locks that SQLite
 * holds on it elsewhere in this process.
 */
async function createIfMissing(file: string): Promise<void> {
  try {
    const created = await open(file, 'wx', 0o600)
    await created.close()
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o777
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

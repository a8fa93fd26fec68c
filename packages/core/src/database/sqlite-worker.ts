import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

// The only file that loads SQLite. It imports packages and nothing else, so that
// Node runs it as it is, from the sources and from the build.

/** `file` and `to` are paths; `rollback` does nothing where no transaction is open. */
export type SqliteRequest =
  | { kind: 'execute'; sql: string; parameters: readonly unknown[] }
  | { kind: 'rollback' }
  | { kind: 'backup'; to: string }
  | { kind: 'claim'; lock: string }
  | { kind: 'check' }
  | { kind: 'shrink' }
  | { kind: 'close' }

export interface SqliteCall {
  id: number
  request: SqliteRequest
}

export interface StatementResult<Row = unknown> {
  rows: Row[]
  changes: number
  lastInsertRowid: number | bigint
  /** Whether the statement may have written to the file. */
  isWrite: boolean
}

/** The reply with id 0 says that the file is open. */
export type SqliteReply<Row = unknown> =
  | { id: number; result: StatementResult<Row> }
  | { id: number; error: { message: string; code: string | undefined } }

const busyTimeoutMs = 5000
const PROBE_BYTES = 64 * 1024
/** 4 MB: what is given back at once holds up the writers behind it. */
const PAGES_AT_ONCE = 1000

const done: StatementResult = { rows: [], changes: 0, lastInsertRowid: 0, isWrite: false }

if (!parentPort) throw new Error('sqlite-worker runs in a worker thread only')
const port = parentPort
const file: string = workerData.file
const database = openFile()
/** What lies at each path: as long as it is the same, it is what SQLite has open. */
const identities = new Map([[file, identityOf(file)]])
let claimed: SQLite.Database | undefined
let isLogged = false
let lost: Error | undefined

port.on('message', async ({ id, request }: SqliteCall) => {
  try {
    reply({ id, result: await answer(request) })
  } catch (error) {
    reply({ id, error: describe(error) })
  } finally {
    if (request.kind === 'close') port.close()
  }
})
reply({ id: 0, result: done })

function openFile(): SQLite.Database {
  const opened = new SQLite(file, { timeout: busyTimeoutMs })
  // The first to read the file, so that one which is no database is refused at once.
  opened.pragma('schema_version')
  // Only a file without tables can still choose to give freed pages back; one of version 1.0 stays.
  if (opened.pragma('page_count', { simple: true }) === 0) {
    opened.pragma('auto_vacuum = INCREMENTAL')
  }
  opened.pragma('synchronous = FULL')
  opened.pragma('foreign_keys = ON')
  opened.pragma('cache_size = -65536')
  return opened
}

/** A file that is only looked at stays as it is: it is switched to a log by its first change. */
function prepareWrite(): void {
  if (lost !== undefined) throw lost
  if (isLogged || database.inTransaction) return
  useWriteAheadLog()
  isLogged = true
}

/** Two processes that switch at once refuse each other outright: SQLite's timeout does not cover it. */
function useWriteAheadLog(): void {
  const deadline = Date.now() + busyTimeoutMs
  for (;;) {
    try {
      database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (describe(error).code !== 'SQLITE_BUSY' || Date.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

function reply(message: SqliteReply): void {
  port.postMessage(message)
}

async function answer(request: SqliteRequest): Promise<StatementResult> {
  switch (request.kind) {
    case 'execute':
      return execute(request.sql, request.parameters)
    case 'rollback':
      // A full disk makes SQLite roll back on its own; a second ROLLBACK would hide why.
      if (database.inTransaction) database.exec('ROLLBACK')
      return done
    case 'backup':
      await backup(request.to)
      return done
    case 'claim':
      claimed ??= claim(request.lock)
      return done
    case 'check':
      throwIfLost()
      tryToWrite()
      return done
    case 'shrink':
      prepareWrite()
      // Stepped by `exec` to its end; a statement that is run would free one page.
      database.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`)
      return done
    case 'close':
      claimed?.close()
      // The last connection to close checkpoints the write-ahead log and removes it.
      database.close()
      return done
  }
}

function execute(sql: string, parameters: readonly unknown[]): StatementResult {
  const statement = database.prepare(sql)
  const isWrite = !statement.readonly
  if (isWrite) prepareWrite()
  if (statement.reader) return { ...done, isWrite, rows: statement.all(...parameters) }
  return { ...done, isWrite, ...statement.run(...parameters) }
}

/**
 * Holds an SQLite lock on a file of its own, which the system takes back however the process
 * ends: a file that merely exists would outlive a kill -9.
 */
function claim(path: string): SQLite.Database {
  closeSync(openSync(path, 'a', 0o600))
  const lock = new SQLite(path, { timeout: 0 })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

/**
 * What is written to a file that no path leads to is gone when this process ends: from now on
 * every change is refused, until the file is back.
 */
function throwIfLost(): void {
  for (const [path, identity] of identities) {
    if (identityOf(path) === identity) continue
    const message = `${basename(path)} was deleted or replaced while it was in use`
    lost = Object.assign(new Error(message), { code: 'FILE_LOST' })
    throw lost
  }
  lost = undefined
}

/**
 * The log may have room from before when the disk has none: a file beside it shows that.
 * Then the same value again, which SQLite writes as any other.
 */
function tryToWrite(): void {
  const probe = `${file}.probe`
  try {
    writeFileSync(probe, new Uint8Array(PROBE_BYTES), { mode: 0o600 })
  } finally {
    rmSync(probe, { force: true })
  }
  prepareWrite()
  database.pragma(`user_version = ${database.pragma('user_version', { simple: true })}`)
  identities.set(`${file}-wal`, identityOf(`${file}-wal`))
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

/** The name is taken at once, against others who want it, and holds nothing until the copy is checked. */
async function backup(to: string): Promise<void> {
  const partial = `${to}.partial`
  closeSync(openSync(to, 'wx', 0o600))
  try {
    closeSync(openSync(partial, 'w', 0o600))
    await copyPages(partial)
    checkCopy(partial)
    renameSync(partial, to)
  } catch (error) {
    for (const path of [partial, to]) rmSync(path, { force: true })
    throw error
  }
}

/** A backup that begins while a transaction is open ends at once, as if there were no pages. */
async function copyPages(to: string): Promise<void> {
  while ((await database.backup(to)).totalPages === 0) await setImmediate()
}

function checkCopy(path: string): void {
  const copy = new SQLite(path)
  try {
    // A copy of a WAL database is one as well, and would need its -wal file beside it.
    copy.pragma('journal_mode = DELETE')
    const report = copy.pragma('quick_check(1)', { simple: true })
    if (report !== 'ok') throw new Error(`The copy is damaged: ${report}`)
  } finally {
    copy.close()
  }
}

function describe(error: unknown): { message: string; code: string | undefined } {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  return { message, code }
}

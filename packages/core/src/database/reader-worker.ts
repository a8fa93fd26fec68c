import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import type { ReadConnection, SqlValue } from './reader.js'

// Runs a module of a plugin beside a connection of its own. It imports packages and nothing else,
// so that Node runs it as it is, from the sources and from the build.

export interface ReaderCall {
  id: number
  name: string
  input: unknown
}

export type ReaderReply<Result = unknown> =
  | { id: number; result: Result }
  | { id: number; error: { message: string; code: string | undefined } }

/** More are not in use at once; a filter of many servers has a text of its own. */
const STATEMENTS_KEPT = 100

if (!parentPort) throw new Error('reader-worker runs in a worker thread only')
const port = parentPort
const { file, module }: { file: string; module: string } = workerData

giveWay()
const calls: ReaderCall[] = []
let take: ((call: ReaderCall) => void) | undefined
port.on('message', (call: ReaderCall) => {
  if (take === undefined) calls.push(call)
  else take(call)
})

const methods = await openModule()
take = (call) => void answer(call)
for (const call of calls) take(call)

async function answer({ id, name, input }: ReaderCall): Promise<void> {
  try {
    const method = methods[name]
    if (method === undefined) throw new Error(`${module} has no method ${name}`)
    const result = await method(input)
    port.postMessage({ id, result } satisfies ReaderReply, buffersOf(result))
  } catch (error) {
    port.postMessage({ id, error: describe(error) } satisfies ReaderReply)
  }
}

/** Where the cores do not suffice for all, who is live comes first. Linux has a priority for each thread. */
function giveWay(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), 10)
  } catch {
    // It is a courtesy; some containers do not have /proc.
  }
}

type Methods = Record<string, (input: unknown) => unknown>

/** A failure is told to each call, so that the reason reaches whoever asked. */
async function openModule(): Promise<Methods> {
  try {
    const { open }: { open(connection: ReadConnection): Methods } = await import(module)
    return open(connect())
  } catch (error) {
    const fail = () => {
      throw error
    }
    return new Proxy<Methods>({}, { get: () => fail })
  }
}

function connect(): ReadConnection {
  const database = new SQLite(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  database.pragma('cache_size = -65536')
  database.pragma('temp_store = MEMORY')
  const statements = new Map<string, SQLite.Statement<SqlValue[], SqlValue[]>>()

  function prepare(sql: string): SQLite.Statement<SqlValue[], SqlValue[]> {
    const statement = statements.get(sql) ?? database.prepare<SqlValue[], SqlValue[]>(sql).raw(true)
    // The one that was used last is the last to go.
    statements.delete(sql)
    statements.set(sql, statement)
    const [oldest] = statements.keys()
    if (statements.size > STATEMENTS_KEPT && oldest !== undefined) statements.delete(oldest)
    return statement
  }

  return { rows: (sql, parameters = []) => prepare(sql).all(...parameters) }
}

function buffersOf(result: unknown): ArrayBuffer[] {
  const values = typeof result === 'object' && result !== null ? Object.values(result) : []
  return values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && isWhole(value)
      ? [value.buffer]
      : [],
  )
}

/** Small ones share a pool of Node's, which must stay here. */
function isWhole(bytes: Uint8Array): boolean {
  return bytes.byteLength === bytes.buffer.byteLength
}

function describe(error: unknown): { message: string; code: string | undefined } {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  return { message, code }
}

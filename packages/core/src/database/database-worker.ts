import { Worker } from 'node:worker_threads'
import type { DatabaseWorker, WorkerMethods } from './reader.js'
import type { ReaderCall, ReaderReply } from './reader-worker.js'
import { withCode } from './sqlite-connection.js'
import { statementError, unavailable } from './sqlite-errors.js'

export interface ClosableWorker<Methods extends WorkerMethods<Methods>>
  extends DatabaseWorker<Methods> {
  /** Ends the thread; what is under way is refused, and so are later calls. */
  close(): Promise<void>
}

/** A thread that ended for whatever reason is replaced at the next call. */
export function createDatabaseWorker<Methods extends WorkerMethods<Methods>>(
  file: string,
  module: URL,
): ClosableWorker<Methods> {
  let running: Thread | undefined
  let isClosed = false

  return {
    async call(name, input) {
      if (isClosed) throw unavailable(file, new Error('it is closed'))
      if (running === undefined || running.hasEnded()) running = startThread(file, module)
      return running.call(name, input)
    },
    async close() {
      isClosed = true
      await running?.end()
    },
  }
}

interface Thread {
  // What comes back is known to the caller alone: `never` fits the type it gives.
  call(name: string, input: unknown): Promise<never>
  hasEnded(): boolean
  end(): Promise<void>
}

function startThread(file: string, module: URL): Thread {
  const pending = new Map<number, PromiseWithResolvers<never>>()
  let lastId = 0
  let hasEnded = false
  let reason: unknown = new Error('its worker thread ended')

  const worker = new Worker(workerUrl(), {
    name: 'mon-reader',
    workerData: { file, module: module.href },
    execArgv: sourceOptions(),
  })
  worker.unref()
  worker.on('message', (reply: ReaderReply<never>) => {
    const call = pending.get(reply.id)
    pending.delete(reply.id)
    if (pending.size === 0) worker.unref()
    if ('result' in reply) call?.resolve(reply.result)
    else call?.reject(statementError(file, withCode(reply.error)))
  })
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => {
    hasEnded = true
    for (const call of pending.values()) call.reject(unavailable(file, reason))
    pending.clear()
  })

  return {
    call(name, input) {
      const call: PromiseWithResolvers<never> = Promise.withResolvers()
      const message: ReaderCall = { id: ++lastId, name, input }
      worker.postMessage(message)
      pending.set(message.id, call)
      worker.ref()
      return call.promise
    },
    hasEnded: () => hasEnded,
    async end() {
      await worker.terminate()
    },
  }
}

/** The build flattens folders into chunks beside `index.js`, yet keeps the worker's own. */
function workerUrl(): URL {
  const name = isSource() ? './reader-worker.ts' : './database/reader-worker.js'
  return new URL(name, import.meta.url)
}

/** A plugin's sources, beside ours, import each other by the names they have once built. */
function sourceOptions(): string[] {
  const hooks = new URL('../../../../scripts/from-sources.mjs', import.meta.url)
  return isSource() ? ['--import', hooks.href] : []
}

function isSource(): boolean {
  return import.meta.url.endsWith('.ts')
}

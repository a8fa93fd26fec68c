import type { Logger } from 'pino'
import { messageOf } from '../errors.js'
import type { StartReport } from './report.js'

/** What can be started and stopped, again and again. */
export interface Startable {
  /**
   * @returns the address, and what became of each plugin
   * @throws MonError when the host itself cannot start; what had been started by then is stopped
   */
  start(): Promise<StartReport>
  /** Ends everything; safe to call at any time, more than once. */
  stop(): Promise<void>
}

/** Registers what must be undone when the host stops; undone in reverse order. */
export type OnStop = (undo: () => unknown) => void

/**
 * Makes `start` and `stop` of one function that starts: each step registers its own undoing,
 * so that a start which fails half-way leaves nothing behind.
 */
export function createRunning(
  startAll: (onStop: OnStop) => Promise<StartReport>,
  log: Logger,
): Startable {
  const undos = createUndos(log)
  let started: Promise<StartReport> | null = null
  let stopped: Promise<void> = Promise.resolve()

  async function startAfter(lastStop: Promise<void>): Promise<StartReport> {
    await lastStop
    try {
      return await startAll(undos.add)
    } catch (error) {
      await undos.run()
      throw error
    }
  }

  async function stopAfter(start: Promise<StartReport>): Promise<void> {
    // What a start in progress has yet to begin would otherwise be left running.
    await start.catch(() => undefined)
    await undos.run()
  }

  return {
    start() {
      if (started !== null) return started
      const start = startAfter(stopped)
      started = start
      // A start that failed can be tried again.
      start.catch(() => {
        if (started === start) started = null
      })
      return start
    },
    stop() {
      if (started !== null) stopped = stopAfter(started)
      started = null
      return stopped
    },
  }
}

/** Does a piece of work, and undoes what it has registered. */
export async function runOnce<T>(work: (onStop: OnStop) => Promise<T>, log: Logger): Promise<T> {
  const undos = createUndos(log)
  try {
    return await work(undos.add)
  } finally {
    await undos.run()
  }
}

/** A stack of things to undo; one that fails does not keep the others from it. */
function createUndos(log: Logger) {
  const undos: (() => unknown)[] = []
  return {
    add: (undo: () => unknown) => void undos.push(undo),
    async run(): Promise<void> {
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          await undo()
        } catch (error) {
          log.error({ err: error }, `Stopping: ${messageOf(error)}`)
        }
      }
    },
  }
}

import { messageOf } from '@mon/core'
import type { Rollup } from '../rollup/rollup.js'
import type { Backlog } from './backlog.js'
import type { Changes } from './changes.js'
import type { EndedHour, HourStore } from './hour-store.js'

/** Little enough that neither making its text nor storing it holds anybody up. */
const SERVERS_AT_ONCE = 20
const INTERVAL_MS = 60_000
/** As long as the last attempt has failed. */
const RETRY_MS = 10_000

interface Log {
  info(message: string): void
  error(message: string): void
}

export interface WriterOptions {
  rollup: Pick<Rollup, 'takeChanged' | 'putBack' | 'isHeld'>
  backlog: Backlog
  store: Pick<HourStore, 'write'>
  changes: Changes
  log: Log
}

/** Writes every minute what has been added up. */
export interface Writer {
  start(): void
  /** Writes a last time. */
  stop(): Promise<void>
  /** Writes now. Never rejects: what could not be written is kept, and tried again. */
  flush(): Promise<void>
  /** Why nothing is written, and since when (epoch milliseconds); null when all is well. */
  trouble(): { since: number; message: string } | null
}

export function createWriter({ rollup, backlog, store, changes, log }: WriterOptions): Writer {
  let trouble: { since: number; message: string } | null = null
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let isStopped = false

  async function writeAll(): Promise<void> {
    for (let ended = nextEnded(); ended.length > 0; ended = nextEnded()) {
      await store.write({ changed: [], ended })
      backlog.remove(ended)
      note(ended)
    }
    const hours = rollup.takeChanged()
    for (let from = 0; from < hours.length; from += SERVERS_AT_ONCE) {
      // One that has ended meanwhile is in the backlog, with all that was added.
      const changed = hours.slice(from, from + SERVERS_AT_ONCE).filter(rollup.isHeld)
      try {
        await store.write({ changed, ended: [] })
      } catch (error) {
        rollup.putBack(hours.slice(from).filter(rollup.isHeld))
        throw error
      }
      note(changed)
    }
  }

  function nextEnded(): readonly EndedHour[] {
    return backlog.first(SERVERS_AT_ONCE)
  }

  function note(hours: readonly { ts: number }[]): void {
    const times = hours.map(({ ts }) => ts)
    if (times.length > 0) changes.note(Math.min(...times), Math.max(...times) + 1)
  }

  async function writeAndTell(): Promise<void> {
    try {
      await writeAll()
      if (trouble !== null) log.info('The history is written again')
      trouble = null
    } catch (error) {
      const message = messageOf(error)
      if (trouble === null) log.error(`The history is not written: ${message}`)
      trouble = { since: trouble?.since ?? Date.now(), message }
    }
  }

  function flush(): Promise<void> {
    writing ??= writeAndTell().finally(() => {
      writing = undefined
    })
    return writing
  }

  function schedule(): void {
    if (isStopped) return
    timer = setTimeout(() => void flush().then(schedule), trouble === null ? INTERVAL_MS : RETRY_MS)
  }

  return {
    start: schedule,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      // One that is under way has not taken what came after it began.
      await writing
      await flush()
    },
    flush,
    trouble: () => trouble,
  }
}

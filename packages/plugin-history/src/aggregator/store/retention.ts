import { type Database, messageOf } from '@mon/core'
import { HOUR_S, TABLE } from '../../table.js'
import type { Changes } from './changes.js'

const ROWS_AT_ONCE = 500
/** Between two steps others get their turn. */
const PAUSE_MS = 50
const INTERVAL_MS = 10 * 60_000
/** A clock that was set by more than this may be wrong, and nothing is deleted for an hour. */
const CLOCK_STEP_MS = 60_000
const TRUST_AFTER_MS = 3_600_000

export interface RetentionOptions {
  database: Database
  retention_days: number
  changes: Changes
  log: { warn(message: string): void }
}

/** Deletes hours that are too old, a few at a time, and gives their room back. */
export interface Retention {
  start(): void
  stop(): void
  /** Deletes what is older at `now`, epoch milliseconds. @returns how many rows */
  prune(now: number): Promise<number>
}

export function createRetention(options: RetentionOptions): Retention {
  const { database, retention_days, changes, log } = options
  const db = database.query<{ samples_hourly: { id: number; ts: number } }>()
  const isTrusted = createClockWatch()
  const stopped = new AbortController()
  let timer: NodeJS.Timeout | undefined

  async function prune(now: number): Promise<number> {
    const before = Math.floor(now / 1000 / HOUR_S) * HOUR_S - retention_days * 24 * HOUR_S
    const old = db.selectFrom(TABLE).select('id').where('ts', '<', before).orderBy('ts')
    let deleted = 0
    while (!stopped.signal.aborted) {
      const step = db.deleteFrom(TABLE).where('id', 'in', old.limit(ROWS_AT_ONCE))
      const rows = Number((await step.executeTakeFirst()).numDeletedRows)
      deleted += rows
      if (rows > 0) changes.note(0, before)
      await database.shrink()
      if (rows < ROWS_AT_ONCE) break
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    return deleted
  }

  async function pruneIfTrusted(): Promise<void> {
    if (!isTrusted(Date.now(), performance.now())) return
    await prune(Date.now()).catch((error: unknown) => {
      log.warn(`Old hours could not be deleted, which is tried again: ${messageOf(error)}`)
    })
  }

  return {
    start() {
      const schedule = () => {
        timer = setTimeout(() => void pruneIfTrusted().then(schedule), INTERVAL_MS)
      }
      isTrusted(Date.now(), performance.now())
      schedule()
    },
    stop() {
      stopped.abort()
      clearTimeout(timer)
    },
    prune,
  }
}

/**
 * Whether the clock has run evenly for an hour: one that was set to a wrong year would have all
 * history deleted.
 */
export function createClockWatch(): (now: number, monotonic_ms: number) => boolean {
  let offset: number | undefined
  let since = 0
  return (now, monotonic_ms) => {
    const found = now - monotonic_ms
    if (offset === undefined || Math.abs(found - offset) > CLOCK_STEP_MS) since = monotonic_ms
    offset = found
    return monotonic_ms - since >= TRUST_AFTER_MS
  }
}

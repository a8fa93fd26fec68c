import type { OpenDatabase } from '../database/database.js'
import type { OnStop } from '../plugin/running.js'

const INTERVAL_MS = 10_000

/** Looks after the database while nobody writes to it, and a last time before it is closed. */
export function watchDatabase(database: OpenDatabase, onStop: OnStop): void {
  const timer = setInterval(database.check, INTERVAL_MS)
  onStop(() => {
    clearInterval(timer)
    return database.check()
  })
}

import { createRecentMap } from './recent-map.js'

export interface AttemptLimit {
  /** @returns how long to wait before the next attempt, seconds; 0 if it may be made now */
  waitFor(key: string): number
  /** An attempt is made. It counts before it is decided, or many at once would not count at all. */
  begin(key: string): void
  /** It was right: those of its key are forgotten. */
  forgive(key: string): void
}

export interface AttemptLimitOptions {
  /** So many attempts need no wait. */
  free: number
  /** The wait after each further one doubles up to this, seconds. */
  max_wait_s: number
  /** All are forgotten after so long without one, seconds. */
  forget_after_s: number
  /** Of so many keys the newest are remembered. */
  max_keys: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

/** Makes each further attempt wait twice as long as the last. */
export function createAttemptLimit(options: AttemptLimitOptions): AttemptLimit {
  const { free, max_wait_s, forget_after_s, now } = options
  /** When the last was made, and when the next may be. */
  const attempts = createRecentMap<{ count: number; at: number; next: number }>(options.max_keys)

  function remembered(key: string) {
    const last = attempts.get(key)
    return last !== undefined && now() - last.at < forget_after_s * 1000 ? last : undefined
  }

  return {
    waitFor(key) {
      const next = remembered(key)?.next ?? 0
      return Math.max(0, Math.ceil((next - now()) / 1000))
    },
    begin(key) {
      const at = now()
      const count = (remembered(key)?.count ?? 0) + 1
      const wait_s = count < free ? 0 : Math.min(2 ** (count - free), max_wait_s)
      attempts.set(key, { count, at, next: at + wait_s * 1000 })
    },
    forgive: attempts.delete,
  }
}

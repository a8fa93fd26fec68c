import { createRecentMap } from './recent-map.js'

export interface RequestLimit {
  /** @returns 0 if the request may pass, otherwise how long to wait, seconds */
  take(key: string): number
}

export interface RequestLimitOptions {
  /** So many may come at once. */
  burst: number
  /** So many may come for ever. */
  per_second: number
  /** Of so many keys the newest are remembered. */
  max_keys: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

/** A bucket of tokens for each key: a request takes one, and they come back at a steady rate. */
export function createRequestLimit(options: RequestLimitOptions): RequestLimit {
  const { burst, per_second, now } = options
  const buckets = createRecentMap<{ tokens: number; at: number }>(options.max_keys)

  return {
    take(key) {
      const time = now()
      const last = buckets.get(key) ?? { tokens: burst, at: time }
      const tokens = Math.min(burst, last.tokens + ((time - last.at) / 1000) * per_second)
      const isFree = tokens >= 1
      buckets.set(key, { tokens: isFree ? tokens - 1 : tokens, at: time })
      return isFree ? 0 : Math.ceil((1 - tokens) / per_second)
    },
  }
}

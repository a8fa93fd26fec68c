const FIRST_MS = 5_000
const LAST_MS = 300_000

/** When to try again what has failed as a whole: after 5 s, 10 s, … 5 minutes. */
export interface Retry {
  failed(message: string, now: number): void
  succeeded(): void
  /** Why it is too early; null when it may be tried. */
  refusal(now: number): string | null
}

export function createRetry(): Retry {
  let failures = 0
  let last = { message: '', until: Number.NEGATIVE_INFINITY }
  return {
    failed(message, now) {
      last = { message, until: now + Math.min(FIRST_MS * 2 ** failures, LAST_MS) }
      failures += 1
    },
    succeeded() {
      failures = 0
    },
    refusal: (now) => (now < last.until ? last.message : null),
  }
}

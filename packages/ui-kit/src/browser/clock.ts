import { createEmitter, type OnChange } from './emitter.js'

/** The server's time, so that ages are right on a machine whose clock is not. */
export interface Clock {
  /** Epoch seconds. */
  now(): number
  /** By how much the browser's clock is ahead of the server's, seconds; what may be rounding counts as 0. */
  readonly skew: number
  /** Takes the time of a `Date` header, epoch milliseconds; anything else is passed over. */
  synchronise(serverTime: number): void
  /** Once a second, from the one timer that all ages share. */
  onTick: OnChange
}

export function createClock(): Clock {
  const { emit, onChange } = createEmitter()
  let ahead = 0
  setInterval(emit, 1000)

  return {
    now: () => (Date.now() + ahead) / 1000,
    get skew() {
      return -ahead / 1000
    },
    synchronise(serverTime) {
      if (!Number.isFinite(serverTime)) return
      const difference = serverTime - Date.now()
      // The header has whole seconds: less than two may be rounding and the way here.
      ahead = Math.abs(difference) < 2000 ? 0 : difference
    },
    onTick: onChange,
  }
}

import { setImmediate } from 'node:timers/promises'

/** How long work that can be split holds the event loop at a time. */
const TURN_MS = 2

/** The share of the event loop that long work takes before others have theirs. */
export interface Turn {
  isOver(): boolean
  /** Resolves when all that was waiting has been done. */
  next(): Promise<void>
}

export function createTurn(): Turn {
  let end = performance.now() + TURN_MS
  return {
    isOver: () => performance.now() > end,
    async next() {
      await setImmediate()
      end = performance.now() + TURN_MS
    },
  }
}

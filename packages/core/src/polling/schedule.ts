/** When a server is polled: all times are milliseconds of one monotonic clock. */
export interface Schedule {
  interval: number
  /** Where in each interval its slot lies, 0 to 1. */
  phase: number
}

/** Polls begin at so many moments of an interval. */
export const MOMENTS = 20

/**
 * Neighbouring ids land far apart, and any number of them evenly: multiples of the golden ratio,
 * in steps. Polls that begin together are answered together, and wake the process once: with 1,000
 * servers that takes less than half of what polls spread over every millisecond take.
 */
export function phaseOf(serverId: number): number {
  return Math.floor(((serverId * 0.618_033_988_749_895) % 1) * MOMENTS) / MOMENTS
}

/**
 * When to poll again after a poll that started at `started` and has ended `now`: at the
 * server's next slot. Slots lie on a fixed grid, so polls do not drift. A poll that ran over
 * its next slot skips it; one that ran over more is followed at once, so that polls start at
 * most two intervals apart as long as one does not itself take longer.
 */
export function nextPoll({ interval, phase }: Schedule, started: number, now: number): number {
  // Half an interval: a poll that was early or late by a little must not use a slot twice.
  const earliest = Math.max(now, started + interval / 2)
  const slot = (Math.ceil(earliest / interval - phase) + phase) * interval
  return Math.max(now, Math.min(slot, started + 2 * interval))
}

import { type LiveSeries, toSeries } from './live-series.js'
import { createPagePool, type PageQueue, timeOfLast } from './page-pool.js'
import { cut, type Segment, timesOf, writeCoarse, writeWhole } from './page-rows.js'

/** What the window keeps of a snapshot: `field`, or the field of the metric's name. */
export interface WindowMetric {
  name: string
  field?: string
}

export interface LiveWindowOptions {
  metrics: readonly WindowMetric[]
  /** For all servers together; 0 keeps nothing. */
  budget_bytes: number
}

/**
 * The last hour of every server in memory, within a budget: the newest samples whole, older
 * ones as the least and the greatest value of 30 s. When the budget is spent, the oldest of
 * the whole fleet is given up first, so that every server is shown as far back as the others.
 *
 * Times are epoch seconds by our own clock.
 */
export interface LiveWindow {
  /** @param interval_s how often this server is polled: a much longer silence is a gap */
  add(
    serverId: number,
    at: number,
    fields: Readonly<Record<string, unknown>>,
    interval_s: number,
  ): void
  /** A poll brought nothing. */
  gap(serverId: number, at: number): void
  delete(serverId: number): void
  read(serverId: number, from: number, to: number): LiveSeries
  /** What it holds; never more than the budget. */
  bytes(): number
}

/** How far back the window goes, seconds. */
export const WINDOW_S = 3600
const COARSE_S = 30

/** After this many intervals without a word, as when the machine slept, nobody knows. */
const SILENT_INTERVALS = 3

/** What is kept of one server. */
interface Line {
  whole: PageQueue
  coarse: PageQueue
  /** When the last row was written. */
  last: number
  isGap: boolean
}

export function createLiveWindow({ metrics, budget_bytes }: LiveWindowOptions): LiveWindow {
  const names = metrics.map(({ name }) => name)
  const fieldNames = metrics.map(({ name, field }) => field ?? name)
  const unknown = metrics.map(() => Number.NaN)
  const columns = { whole: metrics.length, coarse: 2 * metrics.length }
  const pool = createPagePool({ budget_bytes, columns })
  const lines = new Map<number, Line>()

  function write(line: Line, at: number, values: readonly number[]): void {
    for (const queue of [line.whole, line.coarse]) dropExpired(queue, at)
    writeWhole(pool, line.whole, at, values)
    writeCoarse(pool, line.coarse, at - (at % COARSE_S), values)
    line.last = at
  }

  function writeGap(line: Line, at: number): void {
    if (line.isGap) return
    write(line, at, unknown)
    line.isGap = true
  }

  function dropExpired(queue: PageQueue, now: number): void {
    for (const page of [...queue.pages]) {
      if (Number(timeOfLast(page)) >= now - WINDOW_S) return
      pool.shorten(queue)
    }
  }

  function forget(serverId: number): void {
    const line = lines.get(serverId)
    if (line === undefined) return
    lines.delete(serverId)
    for (const queue of [line.whole, line.coarse]) {
      while (queue.pages.length > 0) pool.shorten(queue)
    }
  }

  function begin(serverId: number, at: number): Line {
    const whole = pool.createQueue('whole')
    const coarse = pool.createQueue('coarse')
    const line = { whole, coarse, last: at, isGap: true }
    lines.set(serverId, line)
    return line
  }

  return {
    add(serverId, at, fields, interval_s) {
      // The clock was set back: what is held lies in its future.
      if (at <= Number(lines.get(serverId)?.last)) forget(serverId)
      const line = lines.get(serverId) ?? begin(serverId, at)
      if (at - line.last > SILENT_INTERVALS * interval_s) writeGap(line, line.last + interval_s)
      write(
        line,
        at,
        fieldNames.map((field) => numberOf(fields[field])),
      )
      line.isGap = false
    },
    gap(serverId, at) {
      const line = lines.get(serverId)
      if (line !== undefined && at > line.last) writeGap(line, at)
    },
    delete: forget,
    read(serverId, from, to) {
      const line = lines.get(serverId)
      const segments = line === undefined ? [] : segmentsOf(line, from, to)
      return toSeries(segments, { from, to, metrics: names })
    },
    bytes: pool.bytes,
  }
}

/**
 * Coarse rows for each 30 s of which whole ones have been given up, and whole rows after
 * them, so that every sample is in the answer once.
 */
function segmentsOf({ whole, coarse }: Line, from: number, to: number): Segment[] {
  // The 30 s in which coarse rows were given up are no longer all there.
  const complete = coarse.lost_until + COARSE_S
  const older = cut(coarse, Math.max(from, complete), Math.min(to, whole.lost_until))
  const last = older.at(-1)
  const covered = last === undefined ? from : Number(timesOf(last).at(-1)) + COARSE_S
  return [...older, ...cut(whole, Math.max(from, covered), to)]
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN
}

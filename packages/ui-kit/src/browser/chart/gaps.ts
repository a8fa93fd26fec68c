import { type ChartColumn, type ChartData, type ChartRange, colourLimit } from './chart-data.js'

/** A stretch of time in which some series have no value. */
export interface ChartGap extends ChartRange {
  /** Their indices. */
  series: readonly number[]
}

/** Silences shorter than this are no gap, seconds. */
const patience = 30

/**
 * Where series have no value: between two points of which one has, and from the last one on, if
 * that is much longer ago than points usually are apart. What lies before the first point was
 * never there to be missed. Of many series only that is told which all of them miss.
 */
export function findGaps({ ts, series }: ChartData, { from, to }: ChartRange): ChartGap[] {
  const pause = longestPause(ts)
  const found = new Map<string, ChartRange & { series: number[] }>()
  for (const [index, { values }] of series.entries()) {
    for (const gap of gapsOf(ts, values, to, pause)) {
      if (gap.to <= from || gap.from >= to) continue
      const key = `${gap.from} ${gap.to}`
      const same = found.get(key)
      if (same === undefined) found.set(key, { ...gap, series: [index] })
      else same.series.push(index)
    }
  }
  const gaps = [...found.values()].sort((a, b) => a.from - b.from)
  return series.length <= colourLimit
    ? gaps
    : gaps.filter((gap) => gap.series.length === series.length)
}

function* gapsOf(
  ts: readonly number[],
  values: ChartColumn,
  to: number,
  pause: number,
): Generator<ChartRange> {
  let last: number | undefined
  let missed = false
  for (const [index, at] of ts.entries()) {
    if (typeof values[index] !== 'number') {
      missed = true
      continue
    }
    if (missed && last !== undefined) yield { from: last, to: at }
    last = at
    missed = false
  }
  if (last !== undefined && last < to && (missed || to - last > pause)) yield { from: last, to }
}

/** Three times what lies between points, of late. */
function longestPause(ts: readonly number[]): number {
  const recent = ts.slice(-20)
  const steps = recent.slice(1).map((at, index) => at - (recent[index] ?? at))
  const median = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return Math.max(patience, 3 * median)
}

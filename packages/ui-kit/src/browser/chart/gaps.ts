import type { ChartData, ChartRange } from './chart-data.js'

/** Silences shorter than this are no gap, seconds. */
const patience = 30

/**
 * The stretches in which no series has a value: between two points of which one has, and from the
 * last one on, if that is much longer ago than points usually are apart. What lies before the
 * first point was never there to be missed.
 *
 * @param to epoch second at which the chart ends
 */
export function findGaps({ ts, series }: ChartData, to: number): ChartRange[] {
  const gaps: ChartRange[] = []
  let last: number | undefined
  let missed = false
  for (const [index, at] of ts.entries()) {
    if (!series.some(({ values }) => typeof values[index] === 'number')) {
      missed = true
      continue
    }
    if (missed && last !== undefined) gaps.push({ from: last, to: at })
    last = at
    missed = false
  }
  if (last !== undefined && last < to && (missed || to - last > longestPause(ts))) {
    gaps.push({ from: last, to })
  }
  return gaps
}

/** Three times what lies between points, of late. */
function longestPause(ts: readonly number[]): number {
  const recent = ts.slice(-20)
  const steps = recent.slice(1).map((at, index) => at - (recent[index] ?? at))
  const median = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return Math.max(patience, 3 * median)
}

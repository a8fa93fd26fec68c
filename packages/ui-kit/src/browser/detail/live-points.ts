import type { ChartColumn, ChartSeries } from '../chart/chart-data.js'
import type { LiveSeries } from './full-server.js'

/** What is known of the last hour. Columns have the length of `ts`, oldest first. */
export interface LivePoints {
  ts: number[]
  series: ReadonlyMap<string, { min: ChartColumn; max: ChartColumn }>
}

export const noPoints: LivePoints = { ts: [], series: new Map() }

/** A point that stands for so many seconds is drawn in their middle. */
const coarse = 30

/**
 * Puts an answer behind what is known. From its first point on it says all there is; what an
 * aggregator that was restarted has forgotten stays.
 *
 * @param since epoch second, before which nothing is kept
 */
export function append(known: LivePoints, answer: LiveSeries, since: number): LivePoints {
  const begin = answer.ts[0] ?? Number.POSITIVE_INFINITY
  const start = indexFrom(known.ts, since)
  const end = Math.max(start, indexFrom(known.ts, begin))
  const before = known.ts.slice(start, end)
  const last = before.at(-1)
  // An answer that goes on from what is known begins with some of it.
  const isTorn = last !== undefined && end === known.ts.length && answer.ts.length > 0
  const tear = isTorn ? [(last + begin) / 2] : []
  const after = timesOf(answer)
  const names = new Set([...known.series.keys(), ...Object.keys(answer.series)])

  function joined(name: string, which: 'min' | 'max'): ChartColumn {
    const old = known.series.get(name)?.[which]
    const fresh = answer.series[name]?.[which]
    return [
      ...(old?.slice(start, end) ?? before.map(() => null)),
      ...tear.map(() => null),
      ...(fresh ?? after.map(() => null)),
    ]
  }
  return {
    ts: [...before, ...tear, ...after],
    series: new Map(
      [...names].map((name) => [name, { min: joined(name, 'min'), max: joined(name, 'max') }]),
    ),
  }
}

/** Where what is not before `at` begins. */
function indexFrom(ts: readonly number[], at: number): number {
  const index = ts.findIndex((each) => each >= at)
  return index < 0 ? ts.length : index
}

/** A line for the chart: through the middle of what a point stands for. */
export function lineOf({ series }: LivePoints, name: string, label: string): ChartSeries {
  const { min = [], max = [] } = series.get(name) ?? {}
  const values = min.map((least, index) => {
    const greatest = max[index] ?? null
    return least === null || greatest === null ? null : (least + greatest) / 2
  })
  return { label, values, min, max }
}

/** How far the newest points lie apart, whole seconds; null where there are too few to tell. */
export function pollInterval({ ts }: LivePoints): number | null {
  const newest = ts.slice(-11)
  const steps = newest.slice(1).map((at, index) => at - (newest[index] ?? at))
  const median = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)]
  return steps.length < 3 || median === undefined ? null : Math.max(1, Math.round(median))
}

export function hasValues({ series }: LivePoints, name: string): boolean {
  return series.get(name)?.max.some((value) => value !== null) ?? false
}

/** In order, whatever the middle of a coarse point comes to beside the point after it. */
function timesOf({ ts, whole_from }: LiveSeries): number[] {
  const wholeFrom = whole_from ?? Number.POSITIVE_INFINITY
  return ts.map((at, index) => {
    if (at >= wholeFrom) return at
    const next = ts[index + 1] ?? Number.POSITIVE_INFINITY
    return Math.min(at + coarse / 2, next)
  })
}

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

/** Puts an answer behind what is known: from its beginning on, it says all there is. */
export function append(known: LivePoints, answer: LiveSeries, since: number): LivePoints {
  const start = known.ts.findIndex((at) => at >= since)
  const end = known.ts.findIndex((at) => at >= answer.from)
  const kept = {
    start: start < 0 ? known.ts.length : start,
    end: end < 0 ? known.ts.length : end,
  }
  const before = known.ts.slice(kept.start, kept.end)
  const after = timesOf(answer)
  const names = new Set([...known.series.keys(), ...Object.keys(answer.series)])

  function joined(name: string, which: 'min' | 'max'): ChartColumn {
    const old = known.series.get(name)?.[which]
    const fresh = answer.series[name]?.[which]
    return [
      ...(old?.slice(kept.start, kept.end) ?? before.map(() => null)),
      ...(fresh ?? after.map(() => null)),
    ]
  }
  return {
    ts: [...before, ...after],
    series: new Map(
      [...names].map((name) => [name, { min: joined(name, 'min'), max: joined(name, 'max') }]),
    ),
  }
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

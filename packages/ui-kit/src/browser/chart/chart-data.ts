import type { MetricUnit } from '../format/formatters.js'

/** Columns of the same length, oldest first. */
export interface ChartData {
  /** Epoch seconds, ascending. */
  ts: readonly number[]
  series: readonly ChartSeries[]
}

export interface ChartSeries {
  label: string
  /** null where the value is not known: no line is drawn across it. */
  values: ChartColumn
  /**
   * The least and the greatest, where a point stands for more than one sample: drawn as a band,
   * to the line if only one is given.
   */
  min?: ChartColumn
  max?: ChartColumn
}

export type ChartColumn = readonly (number | null)[]

/** A stretch of time, epoch seconds. */
export interface ChartRange {
  from: number
  to: number
}

/** What a chart is to show, and from when to when. */
export interface ChartView extends ChartRange {
  data: ChartData
  unit: MetricUnit
}

/** Up to so many series have a colour and a dash each; of more, the one in focus has. */
export const colourLimit = 6

/** The newest point of a range that says anything; null where none does. */
export function latestPoint({ ts, series }: ChartData, { from, to }: ChartRange): number | null {
  for (let index = ts.length - 1; index >= 0; index -= 1) {
    const at = ts[index] ?? to
    if (at < from) return null
    if (at <= to && series.some(({ values }) => typeof values[index] === 'number')) return index
  }
  return null
}

import { hourlyColumns, type Metric } from '@mon/core'
import { version1Columns } from './table.js'

/** Of all readings of an hour one number is kept. */
export type HourlyFunction = Metric['hourly'][number]

export interface HourlyColumn {
  name: string
  /** Name of the metric. */
  metric: string
  /** The field of LatestSnapshot that it reads. */
  field: string
  fn: HourlyFunction
}

/** The columns that follow from the declared metrics. */
export function columnsOf(metrics: readonly Metric[]): HourlyColumn[] {
  return metrics.flatMap((metric) =>
    hourlyColumns(metric).flatMap((name, place) => {
      const fn = metric.hourly[place]
      const field = metric.field ?? metric.name
      return fn === undefined ? [] : { name, metric: metric.name, field, fn }
    }),
  )
}

/** The same, without those that version 1.0 has made. */
export function addedColumns(metrics: readonly Metric[]): string[] {
  const known = new Set<string>(version1Columns)
  return columnsOf(metrics).flatMap(({ name }) => (known.has(name) ? [] : name))
}

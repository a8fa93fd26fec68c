import { hourlyColumns, type Metric } from '@mon/core'

export const TABLE = 'samples_hourly'

/** What version 1.0 kept of each hour; every other metric's columns are added beside these. */
export const version1Columns = [
  'cpu_pct_avg',
  'cpu_pct_max',
  'mem_pct_avg',
  'mem_pct_max',
  'disk_pct_avg',
  'disk_pct_max',
  'net_rx_bps_avg',
  'net_tx_bps_avg',
  'gpu_util_pct_avg',
  'gpu_util_pct_max',
  'gpu_mem_used_mb_avg',
  'gpu_mem_used_mb_max',
  'gpu_mem_total_mb',
] as const

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

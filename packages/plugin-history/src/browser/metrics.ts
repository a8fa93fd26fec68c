import type { Metric } from '@mon/core'
import type { HourlyFunction } from '../columns.js'

/** A column of the history, which follows from the declaration of its metric. */
export interface HistoryColumn {
  key: string
  metric: Metric
  fn: HourlyFunction
}

export function columnsOf(metrics: readonly Metric[]): HistoryColumn[] {
  return metrics.flatMap((metric) =>
    metric.hourly.map((fn) => ({ key: columnKey(metric.name, fn), metric, fn })),
  )
}

/** `name_fn`; the last value has the bare name. */
export function columnKey(name: string, fn: HourlyFunction): string {
  return fn === 'last' ? name : `${name}_${fn}`
}

/** What a chart draws of a metric: a line, and the hour's greatest as a band behind it. */
export function linesOf({ name, hourly }: Metric): { line: string; band: string | null } {
  const line = (['avg', 'last', 'max', 'min'] as const).find((fn) => hourly.includes(fn))
  const hasBand = line !== 'max' && hourly.includes('max')
  return { line: columnKey(name, line ?? 'avg'), band: hasBand ? columnKey(name, 'max') : null }
}

/** Those that the table shows unless others are chosen: as many as fit. */
const usual = [
  'cpu_pct_avg',
  'mem_pct_avg',
  'gpu_util_pct_avg',
  'gpu_util_pct_max',
  'gpu_mem_used_mb_avg',
  'gpu_temp_c_max',
  'net_rx_bps_avg',
]

/** The chosen columns that there are, in the order of their metrics; the usual ones without a choice. */
export function chosenColumns(
  all: readonly HistoryColumn[],
  chosen: readonly string[] | null,
): HistoryColumn[] {
  const shown = all.filter(({ key }) => (chosen ?? usual).includes(key))
  return shown.length > 0 ? shown : all.slice(0, usual.length)
}

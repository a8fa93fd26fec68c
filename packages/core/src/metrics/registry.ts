import type { Metric } from './metric.js'

/** The metrics of core and all plugins. */
export interface MetricRegistry {
  /** Fails with METRIC_INVALID when the name or one of its columns is taken. */
  add(plugin: string, metric: Metric): void
  list(): readonly RegisteredMetric[]
}

export interface RegisteredMetric extends Metric {
  plugin: string
}

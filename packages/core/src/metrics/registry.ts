import { MonError } from '../errors.js'
import type { Metric } from './metric.js'

export interface RegisteredMetric extends Metric {
  plugin: string
}

/** The metrics of core and all plugins. */
export interface MetricRegistry {
  /** @throws MonError METRIC_INVALID when the name is malformed, or it or one of its columns is taken */
  add(plugin: string, metric: Metric): void
  list(): readonly RegisteredMetric[]
}

export function createMetricRegistry(): MetricRegistry {
  const metrics = new Map<string, RegisteredMetric>()
  const ownerOfColumn = new Map<string, string>()
  return {
    add(plugin, metric) {
      if (!/^[a-z][a-z0-9_]{0,55}$/.test(metric.name)) {
        throw invalid(plugin, metric.name, 'must match ^[a-z][a-z0-9_]{0,55}$')
      }
      const columns = [metric.name, ...hourlyColumns(metric)]
      const taken = columns.find((column) => ownerOfColumn.has(column))
      if (taken !== undefined) {
        const owner = ownerOfColumn.get(taken)
        throw invalid(plugin, metric.name, `needs "${taken}", which plugin "${owner}" has declared`)
      }
      for (const column of columns) ownerOfColumn.set(column, plugin)
      metrics.set(metric.name, { ...metric, plugin })
    },
    list: () => [...metrics.values()],
  }
}

/** Names of the history columns that follow from a metric. */
export function hourlyColumns({ name, hourly }: Metric): string[] {
  return hourly.map((fn) => (fn === 'last' ? name : `${name}_${fn}`))
}

function invalid(plugin: string, name: string, reason: string): MonError {
  return new MonError('METRIC_INVALID', `Plugin "${plugin}": the metric "${name}" ${reason}.`)
}

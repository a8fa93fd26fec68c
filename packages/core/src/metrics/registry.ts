import { Ajv } from 'ajv'
import { MonError } from '../errors.js'
import { Metric } from './metric.js'

const ajv = new Ajv({ allErrors: true })

export interface RegisteredMetric extends Metric {
  plugin: string
}

/** The metrics of core and all plugins. */
export interface MetricRegistry {
  /** @throws MonError METRIC_INVALID when it is malformed, or its name or one of its columns is taken */
  add(plugin: string, metric: Metric): void
  list(): readonly RegisteredMetric[]
}

export function createMetricRegistry(): MetricRegistry {
  const metrics = new Map<string, RegisteredMetric>()
  const ownerOfColumn = new Map<string, string>()
  return {
    add(plugin, metric) {
      if (!ajv.validate(Metric, metric)) {
        throw invalid(plugin, metric.name, `is not valid: ${ajv.errorsText()}`)
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

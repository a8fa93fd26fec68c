import { Ajv } from 'ajv'
import { MonError } from '../errors.js'
import { declaredFamily } from './declared-family.js'
import { Metric } from './metric.js'
import { ownFamilies } from './own-families.js'

const ajv = new Ajv({ allErrors: true })

export interface RegisteredMetric extends Metric {
  plugin: string
}

/** The metrics of core and all plugins. */
export interface MetricRegistry {
  /**
   * @throws MonError METRIC_INVALID when it is malformed, or its name, one of its columns or
   * its Prometheus series is taken
   */
  add(plugin: string, metric: Metric): void
  list(): readonly RegisteredMetric[]
}

export function createMetricRegistry(): MetricRegistry {
  const metrics = new Map<string, RegisteredMetric>()
  const owners = new Map(Object.keys(ownFamilies).map((family) => [series(family), 'core']))
  return {
    add(plugin, metric) {
      if (!ajv.validate(Metric, metric)) {
        throw invalid(plugin, metric.name, `is not valid: ${ajv.errorsText()}`)
      }
      const family = series(declaredFamily(metric).name)
      const claims = [metric.name, ...hourlyColumns(metric), family]
      const taken = claims.find((claim) => owners.has(claim))
      if (taken !== undefined) {
        const owner = owners.get(taken)
        throw invalid(plugin, metric.name, `needs "${taken}", which plugin "${owner}" has declared`)
      }
      for (const claim of claims) owners.set(claim, plugin)
      metrics.set(metric.name, { ...metric, plugin })
    },
    list: () => [...metrics.values()],
  }
}

/** Names of the history columns that follow from a metric. */
export function hourlyColumns({ name, hourly }: Metric): string[] {
  return hourly.map((fn) => (fn === 'last' ? name : `${name}_${fn}`))
}

/** A column may be called as a series is: they are claimed apart. */
function series(family: string): string {
  return `${family} at /metrics`
}

function invalid(plugin: string, name: string, reason: string): MonError {
  return new MonError('METRIC_INVALID', `Plugin "${plugin}": the metric "${name}" ${reason}.`)
}

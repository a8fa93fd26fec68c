import { formatDeclared } from '../metrics/declared-family.js'
import { formatLabels, type Sample } from '../metrics/exposition.js'
import type { Metric } from '../metrics/metric.js'
import { formatOwnFamily } from '../metrics/own-families.js'
import type { CollectorHealth, Snapshot } from '../snapshot/snapshot.js'

/**
 * What Prometheus is told of this server: the declared metrics as far as its snapshot has
 * their fields, which leaves out what the aggregator derives, and how the collectors fare.
 *
 * @param bytes the snapshot, as it is served
 */
export function* agentFamilies(bytes: Buffer, metrics: readonly Metric[]): Generator<string> {
  const snapshot: Snapshot = JSON.parse(bytes.toString())
  for (const metric of metrics) yield* formatDeclared(metric, [{ labels: '', fields: snapshot }])

  const collectors = Object.entries(snapshot.collectors)
  const perCollector = (value: (health: CollectorHealth) => Sample['value']) =>
    collectors.map(([collector, health]) => ({
      labels: formatLabels({ collector }),
      value: value(health),
    }))
  yield* formatOwnFamily(
    'mon_collector_up',
    perCollector(({ ok }) => Number(ok)),
  )
  yield* formatOwnFamily(
    'mon_collector_duration_seconds',
    perCollector(({ ms }) => ms && ms / 1000),
  )
  yield* formatOwnFamily(
    'mon_collector_age_seconds',
    perCollector(({ age_s }) => age_s),
  )
}

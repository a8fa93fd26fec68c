import type { Latest } from '../live/latest.js'
import type { LiveWindow } from '../live/window.js'
import { formatDeclared } from '../metrics/declared-family.js'
import { formatLabels, joinLabels, type Sample } from '../metrics/exposition.js'
import { formatOwnFamily, type OwnFamily } from '../metrics/own-families.js'
import type { MetricRegistry } from '../metrics/registry.js'
import type { PollStatistics, ServerPolls } from '../polling/poll-statistics.js'
import type { ServerEntry, ServerState, ServerStatus } from '../servers/server.js'
import type { Fleet } from '../servers/servers.js'
import type { LatestSnapshot } from '../snapshot/snapshot.js'
import type { FleetState } from './fleet-state.js'

export interface FleetFamiliesOptions {
  servers: Pick<Fleet, 'entries'>
  fleet: Pick<FleetState, 'status'>
  latest: Latest
  metrics: Pick<MetricRegistry, 'list'>
  polls: PollStatistics
  window: Pick<LiveWindow, 'bytes'>
}

interface ExposedServer {
  labels: string
  status: ServerStatus
  polls: ServerPolls | undefined
  /** Of a server that answers: old figures would pass for those of now. */
  fields: LatestSnapshot | undefined
}

const states = (
  ['online', 'degraded', 'offline', 'disabled', 'unknown'] as const satisfies ServerState[]
).map((state) => ({ state, labels: formatLabels({ state }) }))

/** What Prometheus is told of the fleet. */
export function* fleetFamilies(options: FleetFamiliesOptions): Generator<string> {
  const servers = options.servers.entries().map((entry) => expose(entry, options))
  const perServer = (name: OwnFamily, value: (server: ExposedServer) => Sample['value']) =>
    formatOwnFamily(name, samplesOf(servers, value))

  yield* perServer('mon_server_up', ({ status }) => isUp(status.state))
  yield* formatOwnFamily('mon_server_state', stateSamples(servers))
  yield* perServer('mon_server_last_seen_timestamp_seconds', ({ status }) => status.last_seen)
  yield* perServer('mon_server_poll_duration_seconds', ({ polls }) => polls?.last_seconds)
  yield* perServer('mon_server_polls_total', ({ polls }) => polls?.total)
  yield* perServer('mon_server_poll_failures_total', ({ polls }) => polls?.failed)
  for (const metric of options.metrics.list()) yield* formatDeclared(metric, servers)
  yield* formatOwnFamily(
    'mon_poll_failures_total',
    [...options.polls.failures()].map(([code, value]) => ({
      labels: formatLabels({ code }),
      value,
    })),
  )
  yield* formatOwnFamily('mon_poll_duration_seconds', options.polls.durations())
  yield* formatOwnFamily('mon_live_window_bytes', [{ labels: '', value: options.window.bytes() }])
}

function expose(entry: ServerEntry, options: FleetFamiliesOptions): ExposedServer {
  const status = options.fleet.status(entry.id)
  return {
    labels: formatLabels({ server: entry.name, server_id: entry.id }),
    status,
    polls: options.polls.of(entry.id),
    fields: isUp(status.state) === 1 ? options.latest.get(entry.id) : undefined,
  }
}

function isUp(state: ServerState): 0 | 1 | null {
  if (state === 'online' || state === 'degraded') return 1
  return state === 'offline' ? 0 : null
}

function* samplesOf(
  servers: readonly ExposedServer[],
  value: (server: ExposedServer) => Sample['value'],
): Generator<Sample> {
  for (const server of servers) yield { labels: server.labels, value: value(server) }
}

function* stateSamples(servers: readonly ExposedServer[]): Generator<Sample> {
  for (const { labels, status } of servers) {
    for (const each of states) {
      yield {
        labels: joinLabels(labels, each.labels),
        value: Number(each.state === status.state),
      }
    }
  }
}

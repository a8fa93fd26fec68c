import { AsyncSeriesHook, SyncHook, SyncWaterfallHook } from 'tapable'
import type { MigrationRegistry } from '../database/migration-registry.js'
import type { MetricRegistry } from '../metrics/registry.js'
import { createHostHooks } from '../plugin/hooks.js'
import type { WidgetRegistry } from '../plugin/widgets.js'
import type { ServerEntry, ServerStatus } from '../servers/server.js'
import type { ServerEvent } from '../servers/servers.js'
import type { LatestSnapshot } from '../snapshot/snapshot.js'

export interface StateEvent extends ServerStatus {
  server: ServerEntry
  previous: ServerStatus['state']
}

export interface Published {
  server: ServerEntry
  latest: LatestSnapshot
  /** Epoch milliseconds by the aggregator's own clock, when the answer had arrived. */
  received_at: number
  /** How often the server is asked, seconds. */
  interval_s: number
}

export function createAggregatorHooks() {
  return {
    ...createHostHooks(),
    /** Wiring: schema steps, beside those that the plugin declares. */
    migrations: new SyncHook<[MigrationRegistry]>(['registry'], 'migrations'),
    /** Wiring: UI widgets, beside those that the plugin declares. */
    widgets: new SyncHook<[WidgetRegistry]>(['registry'], 'widgets'),
    /** Wiring: metrics, beside those that the plugin declares. */
    metrics: new SyncHook<[MetricRegistry]>(['registry'], 'metrics'),
    /** A polled snapshot becomes the latest one: add derived fields. */
    derive: new SyncWaterfallHook<[LatestSnapshot, ServerEntry]>(['latest', 'server'], 'derive'),
    /** The latest snapshot is in place; history, stream and alerts listen. */
    published: new SyncHook<[Published]>(['published'], 'published'),
    /** A server was added, changed or deleted. */
    server: new AsyncSeriesHook<[ServerEvent]>(['event'], 'server'),
    /** A server went online, degraded, offline. */
    state: new SyncHook<[StateEvent]>(['event'], 'state'),
  }
}

export type AggregatorHooks = ReturnType<typeof createAggregatorHooks>

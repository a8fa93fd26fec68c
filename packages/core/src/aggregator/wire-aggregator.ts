import { resolve } from 'node:path'
import type { Logger } from 'pino'
import { CORE } from '../database/core-migrations.js'
import type { OpenDatabase } from '../database/database.js'
import { createDatabase } from '../database/open-database.js'
import { createLatest, type LatestStore } from '../live/latest.js'
import { createStream, type Stream } from '../live/stream.js'
import { createLiveWindow, type LiveWindow } from '../live/window.js'
import { createHost, type Host } from '../plugin/host.js'
import type { AggregatorSide } from '../plugin/plugin.js'
import type { PreparedHost } from '../plugin/prepare-host.js'
import type { OnStop } from '../plugin/running.js'
import {
  createSnapshotCheck,
  type FieldOwner,
  throwIfUncheckable,
} from '../polling/check-snapshot.js'
import { createPollClient } from '../polling/poll-client.js'
import { createPollStatistics, type PollStatistics } from '../polling/poll-statistics.js'
import { createPoller, type Poller } from '../polling/poller.js'
import { createConnectionTest } from '../polling/test-connection.js'
import type { TestConnection } from '../servers/connection-test.js'
import { createServers, type Fleet, serverNotFound } from '../servers/servers.js'
import { isSnapshotLike } from '../snapshot/snapshot.js'
import type { AggregatorConfig } from './config.js'
import type { AggregatorContext } from './context.js'
import { type Declarations, gatherDeclarations } from './declarations.js'
import { createFleetState, type FleetState } from './fleet-state.js'
import { type AggregatorHooks, createAggregatorHooks } from './hooks.js'

export type PreparedAggregator = PreparedHost<
  typeof AggregatorConfig,
  AggregatorSide<AggregatorContext>
>

/** The rooms of the aggregator, joined; nothing runs yet, and the database is not open. */
export interface Wired extends Declarations {
  database: OpenDatabase
  hooks: AggregatorHooks
  host: Host<AggregatorContext, AggregatorSide<AggregatorContext>>
  servers: Fleet
  fleet: FleetState
  latest: LatestStore
  polls: PollStatistics
  window: LiveWindow
  stream: Stream
  poller: Poller
  testConnection: TestConnection
}

/** Joins the rooms and sets up the plugins. */
export async function wireAggregator(
  { config, plugins, unloadable }: PreparedAggregator,
  log: Logger,
  onStop: OnStop,
): Promise<Wired> {
  const database = createDatabase({ file: resolve(config.database), log })
  onStop(database.close)

  const hooks = createAggregatorHooks()
  const host = createHost<AggregatorContext, AggregatorSide<AggregatorContext>>({
    hooks,
    plugins,
    unloadable,
    log,
    plugin_timeout_ms: config.plugin_timeout_s * 1000,
    on_plugin_failure: config.on_plugin_failure,
    route_prefix: '/api/plugins',
    accepts: { derive: isSnapshotLike },
  })
  onStop(host.stop)

  const client = createPollClient()
  onStop(client.close)
  const latest = createLatest()
  const owners: FieldOwner[] = []
  await host.lifeCycle.step('declare fields', ({ id, side }) => {
    const owner = { plugin: id, fields: side.fields ?? {} }
    throwIfUncheckable(owner)
    owners.push(owner)
  })
  const check = createSnapshotCheck(owners)
  const fleet = createFleetState({
    hooks,
    latest,
    check,
    interval_s: config.poll_interval_s,
    onChange: (id) => stream.changed(id),
  })
  const servers = createServers({
    database,
    latest,
    status: fleet.status,
    async onChange(event) {
      fleet.follow(event)
      if (latest.get(event.server.id) === undefined) forget(event.server.id)
      if (event.change === 'deleted') poller.remove(event.server.id)
      else poller.set(event.server)
      await hooks.server.promise(event)
    },
  })
  const targetOf = (id: number) => {
    const target = servers.target(id)
    if (target === undefined) throw serverNotFound(id)
    return target
  }
  const stream = createStream({
    ids: () => servers.entries().map(({ id }) => id),
    view: servers.view,
    log,
  })
  const poller = createPoller({
    interval_s: config.poll_interval_s,
    poll: (server, signal) => client.poll(targetOf(server.id), signal),
    onAnswer(server, answer) {
      fleet.accept(server, answer)
      const failure = fleet.status(server.id).last_error?.code ?? null
      polls.note(server.id, { seconds: answer.ok ? answer.ms / 1000 : null, failure })
      if (failure !== null) window.gap(server.id, Date.now() / 1000)
    },
    log,
  })
  const polls = createPollStatistics()

  await host.setUp((base) => ({
    ...base,
    hooks,
    database,
    servers,
    latest,
    agent: (serverId) => ({
      request: (...args) => client.request(targetOf(serverId), ...args),
    }),
  }))
  const declarations = await gatherDeclarations(host.lifeCycle, hooks)
  const window = createLiveWindow({
    metrics: declarations.metrics.list(),
    budget_bytes: config.live_window_mb * 1024 * 1024,
  })
  hooks.published.tap(CORE, ({ server, latest, received_at, interval_s }) =>
    window.add(server.id, received_at / 1000, latest, interval_s),
  )
  function forget(serverId: number): void {
    polls.forget(serverId)
    window.delete(serverId)
  }
  const testConnection = createConnectionTest(client, check)
  return {
    database,
    hooks,
    host,
    servers,
    fleet,
    latest,
    polls,
    window,
    stream,
    poller,
    testConnection,
    ...declarations,
  }
}

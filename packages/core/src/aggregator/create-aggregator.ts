import type { Environment } from '../config/expand-env.js'
import type { RawConfig } from '../config/load-config.js'
import { CORE } from '../database/core-migrations.js'
import type { MigrationResult } from '../database/migrate.js'
import { upgrade } from '../database/upgrade.js'
import { createAdmission } from '../http/auth.js'
import { listen } from '../http/listen.js'
import { createHttpServer } from '../http/server.js'
import { sessionRoutes } from '../http/session-routes.js'
import { streamRoutes } from '../live/routes.js'
import { createLogger } from '../log.js'
import { accessCheck, resolveAccess } from '../plugin/access.js'
import { askHealth } from '../plugin/ask-health.js'
import { askHost } from '../plugin/ask-host.js'
import { serveHealth } from '../plugin/health.js'
import type { UnloadablePlugin } from '../plugin/import-plugins.js'
import { type Inspectable, inspectPlugins } from '../plugin/inspection.js'
import { metricsRoute } from '../plugin/metrics-route.js'
import { type PluginSummary, summarisePlugin } from '../plugin/plugin-summary.js'
import { prepareHost } from '../plugin/prepare-host.js'
import type { StartReport } from '../plugin/report.js'
import { createRunning, type OnStop, runOnce, type Startable } from '../plugin/running.js'
import { serverRoutes } from '../servers/routes.js'
import { system } from '../system/index.js'
import { coreVersion } from '../version.js'
import { AggregatorConfig } from './config.js'
import type { AggregatorPlugin } from './context.js'
import { databaseCheck, databaseHealth } from './database-check.js'
import { fleetFamilies } from './fleet-families.js'
import { declarationRoutes } from './routes.js'
import { watchDatabase } from './watch-database.js'
import { windowRoute } from './window-route.js'
import { type PreparedAggregator, wireAggregator } from './wire-aggregator.js'

export interface AggregatorOptions {
  /** As `loadConfig` gives it, or written by hand; every key has a default. */
  config?: RawConfig
  /** Without it, the packages that `config.plugins` names are imported from the current directory. */
  plugins?: readonly AggregatorPlugin[]
  /** For `${NAME}` in the configuration and for `MON_AGGREGATOR_*`; `process.env` unless given. */
  env?: Environment
}

export interface Aggregator extends Startable, Inspectable {
  /** The configuration with all defaults, secrets masked. */
  readonly config: unknown
  /** In the order of start. */
  readonly plugins: readonly PluginSummary[]
  /** Packages that the configuration names and that cannot be had. */
  readonly unloadable: readonly UnloadablePlugin[]
}

export async function createAggregator(options: AggregatorOptions = {}): Promise<Aggregator> {
  const prepared = await prepareAggregator(options)
  const { config } = prepared
  const log = createLogger('mon-aggregator', config.log_level)
  const quiet = createLogger('mon-aggregator', 'silent')

  async function start(onStop: OnStop): Promise<StartReport> {
    const access = await resolveAccess(config)
    const wired = await wireAggregator(prepared, log, onStop)
    const { database, hooks, host, servers, stream, poller } = wired
    await database.claim()
    watchDatabase(database, onStop)
    hooks.health.tapPromise('core', async ({ checks }) => {
      checks.database = databaseHealth(database)
    })
    // One that failed half-way through its declarations may have left some behind.
    const migrations = wired.migrations
      .list()
      .filter(({ plugin }) => host.lifeCycle.isRunning(plugin))
    const { results } = await upgrade(database, migrations, { log })
    throwIfCoreFailed(results)
    await host.lifeCycle.step('migrate', ({ id }) => {
      const error = results.find(({ plugin }) => plugin === id)?.error
      if (error !== undefined) throw error
    })
    await servers.load()
    for (const server of servers.entries()) wired.fleet.begin(server)
    await host.start()

    const options = {
      title: '@mon aggregator',
      description: 'The state of the fleet.',
      version: coreVersion,
      allowed_hosts: config.allowed_hosts,
      token: access.token,
      login: access.login,
      log,
    }
    const app = createHttpServer({ ...options, tls: access.tls })
    // A change that is answered while the server closes must not begin another poll.
    onStop(poller.stop)
    onStop(() => app.close())
    onStop(stream.close)
    serveHealth(app, { version: coreVersion, hooks, host, isAdmitted: createAdmission(access) })
    await app.register(metricsRoute(host, () => fleetFamilies(wired)))
    await app.register(sessionRoutes(access))
    await app.register(declarationRoutes(wired.widgets, wired.metrics))
    await app.register(serverRoutes(wired))
    await app.register(streamRoutes(stream))
    await app.register(windowRoute(wired))
    await host.serve(app, () => createHttpServer(options))
    const url = await listen(app, access.address)

    poller.start(servers.entries())
    return host.ready(url)
  }

  return {
    config: prepared.printable,
    plugins: prepared.plugins.map(summarisePlugin),
    unloadable: prepared.unloadable,
    inspect: (work) =>
      runOnce(async (onStop) => {
        const { hooks, host, database, migrations } = await wireAggregator(prepared, quiet, onStop)
        const plugins = await inspectPlugins(host, quiet, onStop)
        const checks = [accessCheck(config), databaseCheck(database, migrations.list())]
        return work({
          hooks,
          plugins,
          checks,
          askRunning: () => askHealth(config),
          ask: (request) => askHost(config, request),
        })
      }, quiet),
    ...createRunning(start, log),
  }
}

/** Resolves the plugins and validates the configuration. */
export function prepareAggregator(options: AggregatorOptions): Promise<PreparedAggregator> {
  return prepareHost({
    side: 'aggregator',
    sideOf: (plugin: AggregatorPlugin) => plugin.aggregator,
    schema: AggregatorConfig,
    config: options.config ?? {},
    builtIn: [system],
    plugins: options.plugins,
    env: options.env ?? process.env,
  })
}

/** Without core's own tables there is nothing to serve. */
function throwIfCoreFailed(results: readonly MigrationResult[]): void {
  const error = results.find(({ plugin }) => plugin === CORE)?.error
  if (error !== undefined) throw error
}

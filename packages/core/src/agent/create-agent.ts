import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Environment } from '../config/expand-env.js'
import type { RawConfig } from '../config/load-config.js'
import { createAdmission } from '../http/auth.js'
import { listen } from '../http/listen.js'
import { createHttpServer } from '../http/server.js'
import { createLogger } from '../log.js'
import { accessCheck, resolveAccess } from '../plugin/access.js'
import { askHealth } from '../plugin/ask-health.js'
import { askHost, type HostRequest } from '../plugin/ask-host.js'
import { serveHealth } from '../plugin/health.js'
import type { UnloadablePlugin } from '../plugin/import-plugins.js'
import { type Inspectable, inspectPlugins } from '../plugin/inspection.js'
import { metricsRoute } from '../plugin/metrics-route.js'
import { type PluginSummary, summarisePlugin } from '../plugin/plugin-summary.js'
import { prepareHost } from '../plugin/prepare-host.js'
import type { StartReport } from '../plugin/report.js'
import { createRunning, type OnStop, runOnce, type Startable } from '../plugin/running.js'
import { createSnapshotSource } from '../snapshot/snapshot-source.js'
import { system } from '../system/index.js'
import { coreVersion } from '../version.js'
import { agentFamilies } from './agent-families.js'
import { AgentConfig } from './config.js'
import type { AgentPlugin } from './context.js'
import { SNAPSHOT_PATH, snapshotRoute } from './routes.js'
import { wireAgent } from './wire-agent.js'

export interface AgentOptions {
  /** As `loadConfig` gives it, or written by hand; every key has a default. */
  config?: RawConfig
  /** Without it, the packages that `config.plugins` names are imported from the current directory. */
  plugins?: readonly AgentPlugin[]
  /** For `${NAME}` in the configuration and for `MON_AGENT_*`; `process.env` unless given. */
  env?: Environment
}

export interface Agent extends Startable, Inspectable {
  /** The configuration with all defaults, secrets masked. */
  readonly config: unknown
  /** In the order of start. */
  readonly plugins: readonly PluginSummary[]
  /** Packages that the configuration names and that cannot be had. */
  readonly unloadable: readonly UnloadablePlugin[]
}

export async function createAgent(options: AgentOptions = {}): Promise<Agent> {
  const prepared = await prepareHost({
    side: 'agent',
    sideOf: ({ agent, aggregator }: AgentPlugin) =>
      agent && { ...agent, metrics: aggregator?.metrics ?? [] },
    schema: AgentConfig,
    config: options.config ?? {},
    builtIn: [system],
    plugins: options.plugins,
    env: options.env ?? process.env,
  })
  const { config } = prepared
  const log = createLogger('mon-agent', config.log_level)
  const quiet = createLogger('mon-agent', 'silent')

  async function start(onStop: OnStop): Promise<StartReport> {
    const access = await resolveAccess(config)
    const { hooks, host, metrics } = await wireAgent(prepared, log, onStop)
    await host.start()

    const options = {
      title: '@mon agent',
      description: 'The state of one server.',
      version: coreVersion,
      allowed_hosts: config.allowed_hosts,
      token: access.token,
      log,
    }
    const snapshot = createSnapshotSource({
      hostname,
      agent_version: coreVersion,
      collect: (collection) => hooks.collect.promise(collection),
      finish: (snapshot) => hooks.snapshot.call(snapshot),
      now: () => performance.now(),
    })
    const app = createHttpServer({
      ...options,
      tls: access.tls,
      plainGet: { path: SNAPSHOT_PATH, answer: snapshot },
    })
    onStop(() => app.close())
    await app.register(snapshotRoute(snapshot))
    await app.register(
      metricsRoute(host, async () => agentFamilies(await snapshot(), metrics.list())),
    )
    serveHealth(app, { version: coreVersion, hooks, host, isAdmitted: createAdmission(access) })
    await host.serve(app, () => createHttpServer(options))
    return host.ready(await listen(app, access.address))
  }

  return {
    config: prepared.printable,
    plugins: prepared.plugins.map(summarisePlugin),
    unloadable: prepared.unloadable,
    inspect: (work) =>
      runOnce(async (onStop) => {
        const { hooks, host } = await wireAgent(prepared, quiet, onStop)
        const plugins = await inspectPlugins(host, quiet, onStop)
        const askRunning = () => askHealth(config)
        const ask = (request: HostRequest) => askHost(config, request)
        return work({ hooks, plugins, checks: [accessCheck(config)], askRunning, ask })
      }, quiet),
    ...createRunning(start, log),
  }
}

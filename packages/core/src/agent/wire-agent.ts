import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import { createMetricRegistry, type MetricRegistry } from '../metrics/registry.js'
import { createHost, type Host } from '../plugin/host.js'
import type { PreparedHost } from '../plugin/prepare-host.js'
import type { OnStop } from '../plugin/running.js'
import { createCollectors } from '../snapshot/collectors.js'
import { isSnapshotLike } from '../snapshot/snapshot.js'
import type { AgentConfig } from './config.js'
import type { AgentContext, AgentSide } from './context.js'
import { type AgentHooks, createAgentHooks } from './hooks.js'

export type PreparedAgent = PreparedHost<typeof AgentConfig, AgentSide>

/** The plugins of an agent, set up; nothing runs yet. */
export interface WiredAgent {
  hooks: AgentHooks
  host: Host<AgentContext, AgentSide>
  metrics: MetricRegistry
}

export async function wireAgent(
  { config, plugins, unloadable }: PreparedAgent,
  log: Logger,
  onStop: OnStop,
): Promise<WiredAgent> {
  const hooks = createAgentHooks()
  const host = createHost<AgentContext, AgentSide>({
    hooks,
    plugins,
    unloadable,
    log,
    plugin_timeout_ms: config.plugin_timeout_s * 1000,
    on_plugin_failure: config.on_plugin_failure,
    route_prefix: '/v1/plugins',
    collectors: () => collectors.list(),
    accepts: { snapshot: isSnapshotLike },
  })
  onStop(host.stop)

  const collectors = createCollectors({ now: () => performance.now() })
  onStop(collectors.stop)
  await host.setUp((base, plugin) => ({
    ...base,
    hooks,
    collector: (collector) => hooks.collect.tapPromise(plugin, collectors.add(plugin, collector)),
  }))
  const metrics = createMetricRegistry()
  await host.lifeCycle.step('declare', ({ id, side }) => {
    for (const metric of side.metrics) metrics.add(id, metric)
  })
  return { hooks, host, metrics }
}

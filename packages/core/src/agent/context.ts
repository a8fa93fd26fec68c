import type { Metric } from '../metrics/metric.js'
import type { PluginContext } from '../plugin/context.js'
import type { PluginIdentity, PluginSide } from '../plugin/plugin.js'
import type { CollectorContext } from '../snapshot/collect.js'
import type { AgentHooks } from './hooks.js'

/** What the agent gives a plugin's `setup`. */
export interface AgentContext<Config = unknown> extends PluginContext<Config>, CollectorContext {
  hooks: AgentHooks
}

/** What the agent needs of a plugin. */
export interface AgentPlugin extends PluginIdentity {
  agent?: PluginSide<AgentContext>
  /** Of the other side the declarations alone: its code is never loaded here. */
  aggregator?: { metrics?: readonly Metric[] }
}

/** An agent's plugin as it is hosted: the metrics it has declared are served here, too. */
export interface AgentSide extends PluginSide<AgentContext> {
  metrics: readonly Metric[]
}

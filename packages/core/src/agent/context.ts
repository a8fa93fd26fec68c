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
}

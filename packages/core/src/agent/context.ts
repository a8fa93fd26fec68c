import type { PluginContext } from '../plugin/context.js'
import type { CollectorContext } from '../snapshot/collect.js'
import type { AgentHooks } from './hooks.js'

/** What the agent gives a plugin's `setup`. */
export interface AgentContext<Config = unknown> extends PluginContext<Config>, CollectorContext {
  hooks: AgentHooks
}

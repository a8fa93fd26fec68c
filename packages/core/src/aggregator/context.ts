import type { Database } from '../database/database.js'
import type { Latest } from '../live/latest.js'
import type { PluginContext } from '../plugin/context.js'
import type { AggregatorSide, PluginIdentity } from '../plugin/plugin.js'
import type { AgentClient } from '../polling/agent-client.js'
import type { Servers } from '../servers/servers.js'
import type { AggregatorHooks } from './hooks.js'

/** What the aggregator gives a plugin's `setup`. */
export interface AggregatorContext<Config = unknown> extends PluginContext<Config> {
  hooks: AggregatorHooks
  database: Database
  servers: Servers
  latest: Latest
  /** Speaks with a server's agent: its token, 10 s, typed errors. */
  agent(serverId: number): AgentClient
}

/** What the aggregator needs of a plugin. */
export interface AggregatorPlugin extends PluginIdentity {
  aggregator?: AggregatorSide<AggregatorContext>
}

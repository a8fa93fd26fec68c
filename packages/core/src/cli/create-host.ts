import type { Agent } from '../agent/create-agent.js'
import type { Aggregator } from '../aggregator/create-aggregator.js'
import { createAgent, createAggregator } from '../create-host.js'
import type { SideConfig } from './options.js'

/** The host of a side, with the plugins that its configuration names. */
export async function createHost({ side, config }: SideConfig): Promise<Agent | Aggregator> {
  return side === 'agent' ? createAgent({ config }) : createAggregator({ config })
}

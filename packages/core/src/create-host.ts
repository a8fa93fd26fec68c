import type { Agent, AgentOptions } from './agent/create-agent.js'
import type { Aggregator, AggregatorOptions } from './aggregator/create-aggregator.js'

// The code of each side is loaded where it runs: an agent without the database and the poller
// takes half the memory.

/**
 * Makes the agent of one server. Nothing runs, and nothing listens, before `start()`.
 * @throws MonError that lists every problem of the configuration and the plugins at once
 *
 * @example
 * const agent = await createAgent({ config: await loadConfig('agent.yaml'), plugins: [gpuNvidia] })
 * const report = await agent.start()
 */
export async function createAgent(options?: AgentOptions): Promise<Agent> {
  const side = await import('./agent/create-agent.js')
  return side.createAgent(options)
}

/**
 * Makes the aggregator of the centre. Nothing runs, listens or touches the database before `start()`.
 * @throws MonError that lists every problem of the configuration and the plugins at once
 *
 * @example
 * const aggregator = await createAggregator({ config: await loadConfig('aggregator.yaml'), plugins: [ui] })
 * const { url } = await aggregator.start()
 */
export async function createAggregator(options?: AggregatorOptions): Promise<Aggregator> {
  const side = await import('./aggregator/create-aggregator.js')
  return side.createAggregator(options)
}

import type { AgentClient, AggregatorContext } from '@mon/core'
import { stop } from './ask-agent.js'
import type { ConfigStore } from './config-store.js'
import { mapBounded } from './map-bounded.js'

export interface StopDisabledOptions {
  configs: Pick<ConfigStore, 'all'>
  /** Of the servers whose tunnel runs, or tries to. */
  running(): number[]
  agent(serverId: number): AgentClient
  log: Pick<AggregatorContext['log'], 'info'>
}

/** How many agents are asked at a time. */
const AT_ONCE = 4

/**
 * Stops tunnels that are disabled here and run all the same: their agent could not be reached when
 * they were disabled, or was started anew since. Asks nobody else.
 */
export async function stopDisabled(options: StopDisabledOptions): Promise<void> {
  const running = options.running()
  if (running.length === 0) return
  const configs = await options.configs.all()
  const unwanted = running.flatMap((id) => {
    const config = configs.get(id)
    return config?.enabled === false ? [{ id, config }] : []
  })
  await mapBounded(unwanted, AT_ONCE, async ({ id, config }) => {
    const { error } = await stop(options.agent(id), config)
    if (error === null) options.log.info(`The tunnel of server ${id} is disabled: stopped.`)
  })
}

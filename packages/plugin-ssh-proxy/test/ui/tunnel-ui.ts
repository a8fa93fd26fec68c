import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import ui from '@mon/ui-kit/server'
import { withBuiltWidgets } from '../../../ui-kit/test/built-widgets.js'
import {
  type StandInAgent,
  startStandInAgent,
} from '../../src/aggregator/testdata/stand-in-agent.js'
import { sshProxy } from '../../src/index.js'
import type { ProxyConfig } from '../../src/proxy-config.js'
import { proxyWidgets } from '../../src/widgets.js'

const built = withBuiltWidgets(sshProxy, proxyWidgets, new URL('../../dist/', import.meta.url))

export interface TunnelUi {
  url: string
  aggregator: TestAggregator
  /** Adds a server with an agent that has a tunnel. */
  add(name: string, agent: StandInAgent, config?: ProxyConfig): Promise<number>
  agent(): Promise<StandInAgent>
  stop(): Promise<void>
}

/** A real aggregator with the web UI, and agents whose tunnels are what a test says. */
export async function startTunnelUi(): Promise<TunnelUi> {
  const aggregator = await startTestAggregator([ui, built])
  const stops = [aggregator.stop]
  return {
    url: aggregator.url,
    aggregator,
    async add(name, { url }, config) {
      const server = await aggregator.request('POST', '/api/servers', { name, base_url: url })
      const id = idOf(server)
      if (config) await aggregator.request('PUT', `/api/servers/${id}/proxy`, { config })
      return id
    },
    async agent() {
      const agent = await startStandInAgent()
      stops.push(agent.stop)
      return agent
    },
    async stop() {
      for (const stop of stops.splice(0)) await stop()
    },
  }
}

function idOf(server: unknown): number {
  if (typeof server === 'object' && server !== null && 'id' in server) return Number(server.id)
  throw new Error('The server has no id.')
}

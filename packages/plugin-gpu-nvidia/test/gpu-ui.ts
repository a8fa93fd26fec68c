import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import ui from '@mon/ui-kit/server'
import { vi } from 'vitest'
import { withBuiltWidgets } from '../../ui-kit/test/built-widgets.js'
import {
  type LoopbackAgent,
  startLoopbackAgent,
} from '../src/aggregator/testdata/loopback-agent.js'
import { gpuNvidia } from '../src/index.js'
import { gpuWidgets } from '../src/widgets.js'
import { afterTheLoss, beforeTheLoss, gpuServers, type Snapshot } from './gpu-servers.js'

/** A real aggregator with the built widgets, and agents that say what they are told. */
export interface GpuUi {
  url: string
  /** Id of the server with this name. */
  idOf(name: string): number
  agents: ReadonlyMap<string, LoopbackAgent>
  request: TestAggregator['request']
  stop(): Promise<void>
}

const plugin = withBuiltWidgets(gpuNvidia, gpuWidgets, new URL('../dist/', import.meta.url))

const patience = { timeout: 20_000, interval: 100 }

/** All servers of the sample, once all have been polled and `a100-lost` has lost its card. */
export async function startGpuUi(
  servers: Record<string, Snapshot> = { ...gpuServers, 'a100-lost': beforeTheLoss },
): Promise<GpuUi> {
  const { url, request, stop } = await startTestAggregator([ui, plugin])
  const agents = new Map<string, LoopbackAgent>()
  const ids = new Map<string, number>()
  for (const [name, snapshot] of Object.entries(servers)) {
    const agent = await startLoopbackAgent(snapshot)
    agents.set(name, agent)
    await request('POST', '/api/servers', { name, base_url: agent.url })
    ids.set(name, ids.size + 1)
  }
  await vi.waitUntil(async () => isPolled(await request('GET', '/api/servers')), patience)
  const losing = agents.get('a100-lost')
  if (losing) {
    losing.says(afterTheLoss)
    await vi.waitUntil(async () => isFilled(await request('GET', '/api/gpus?state=lost')), patience)
  }
  return {
    url,
    idOf: (name) => ids.get(name) ?? 0,
    agents,
    request,
    async stop() {
      await stop()
      for (const agent of agents.values()) await agent.stop()
    },
  }
}

function isPolled(answer: unknown): boolean {
  return Array.isArray(answer) && answer.every(({ latest }) => latest !== null)
}

function isFilled(answer: unknown): boolean {
  return Array.isArray(answer) && answer.length > 0
}

import type { PluginContext } from '../plugin/context.js'
import type { AggregatorSide, PluginIdentity, PluginSide } from '../plugin/plugin.js'
import type { CollectorContext } from '../snapshot/collect.js'
import { systemFields } from '../snapshot/snapshot.js'
import { coreVersion } from '../version.js'
import { systemMetrics } from './metrics.js'

export { systemMetrics } from './metrics.js'

/** The built-in collector: CPU, memory, disks and network of the machine. A plugin like any other. */
export const system = {
  id: 'system',
  version: coreVersion,
  api: '^1.0.0',
  agent: {
    load: async () => {
      const createSampler = await samplerOfPlatform()
      return {
        setup(ctx: SystemContext) {
          const sampler = createSampler()
          ctx.onStart(() => sampler.start())
          ctx.onStop(() => sampler.stop())
          ctx.collector({ fields: systemFields, collect: () => sampler.sample() })
        },
      }
    },
  },
  aggregator: { metrics: systemMetrics },
} satisfies PluginIdentity & {
  agent: PluginSide<SystemContext>
  aggregator: AggregatorSide<unknown>
}

type SystemContext = CollectorContext & Pick<PluginContext<unknown>, 'onStart' | 'onStop'>

async function samplerOfPlatform() {
  return process.platform === 'linux'
    ? (await import('./linux.js')).createLinuxSystem
    : (await import('./other-platforms.js')).createPortableSystem
}

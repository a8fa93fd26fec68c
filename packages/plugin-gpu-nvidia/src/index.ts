import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }
import { AgentConfig } from './agent/config.js'
import { AggregatorConfig } from './aggregator/config.js'
import { acceptedFields } from './gpu-info.js'
import { gpuMetrics } from './metrics.js'
import { addGpuCards } from './migrations.js'
import { gpuWidgets } from './widgets.js'

/** NVIDIA cards: read on the agent, summed up and watched over on the aggregator. */
export const gpuNvidia = definePlugin({
  id: 'gpu-nvidia',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  agent: {
    config: AgentConfig,
    load: () => import('./agent/index.js'),
  },
  aggregator: {
    config: AggregatorConfig,
    fields: acceptedFields,
    metrics: gpuMetrics,
    migrations: [addGpuCards],
    widgets: gpuWidgets,
    load: () => import('./aggregator/index.js'),
  },
})

export default gpuNvidia

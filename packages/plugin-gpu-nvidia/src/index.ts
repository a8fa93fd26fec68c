import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }

/** NVIDIA cards: measured on the agent, summed up and shown on the aggregator. It only loads so far. */
export const gpuNvidia = definePlugin({
  id: 'gpu-nvidia',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  agent: {},
  aggregator: {},
})

export default gpuNvidia

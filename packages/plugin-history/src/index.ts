import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }

/** Hourly history of every metric, kept on the aggregator. It only loads so far. */
export const history = definePlugin({
  id: 'history',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  aggregator: {},
})

export default history

import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }
import { HistoryConfig } from './aggregator/config.js'
import { addHistory, addHourlySamples } from './migrations.js'
import { historyWidgets } from './widgets.js'

/** Hourly history of every metric, kept on the aggregator. */
export const history = definePlugin({
  id: 'history',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  aggregator: {
    config: HistoryConfig,
    migrations: [addHourlySamples, addHistory],
    widgets: historyWidgets,
    load: () => import('./aggregator/index.js'),
  },
})

export default history

import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }
import { AgentConfig } from './agent/config.js'
import { addProxyConfig } from './migrations.js'
import { proxyField } from './proxy-field.js'
import { proxyFields, proxyMetrics } from './proxy-fields.js'
import { proxyWidgets } from './widgets.js'

/** The SSH tunnel to the centre: kept up on the agent, steered from the aggregator. */
export const sshProxy = definePlugin({
  id: 'ssh-proxy',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  agent: {
    config: AgentConfig,
    load: () => import('./agent/index.js'),
  },
  aggregator: {
    fields: { ...proxyFields, ...proxyField },
    metrics: proxyMetrics,
    migrations: [addProxyConfig],
    widgets: proxyWidgets,
    load: () => import('./aggregator/index.js'),
  },
})

export default sshProxy

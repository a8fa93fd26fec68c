import { definePlugin } from '@mon/core'
import manifest from '../package.json' with { type: 'json' }

/** The SSH tunnel to the centre: kept up on the agent, steered from the aggregator. It only loads so far. */
export const sshProxy = definePlugin({
  id: 'ssh-proxy',
  package: manifest.name,
  version: manifest.version,
  api: '^1.0.0',
  agent: {},
  aggregator: {},
})

export default sshProxy

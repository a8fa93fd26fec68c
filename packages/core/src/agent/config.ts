import { type Static, Type } from 'typebox'
import { hostConfig } from '../plugin/host-config.js'

/** What `agent.yaml` may hold. */
export const AgentConfig = Type.Object({
  listen: Type.String({
    format: 'listen-address',
    default: '127.0.0.1:7881',
    description: 'host:port; beyond loopback only with token_file',
  }),
  ...hostConfig,
})
export type AgentConfig = Static<typeof AgentConfig>

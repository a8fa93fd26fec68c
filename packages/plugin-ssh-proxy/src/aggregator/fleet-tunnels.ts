import {
  type AggregatorContext,
  createGuard,
  type Server,
  ServerState,
  type Static,
  Type,
} from '@mon/core'
import { ProxyConfig } from '../proxy-config.js'
import { ProxyBrief } from '../proxy-field.js'

/** One line of the list of all tunnels. */
export const FleetTunnel = Type.Object({
  server_id: Type.Integer(),
  server: Type.String({ description: 'Name of the server' }),
  server_state: ServerState,
  config: Type.Union([ProxyConfig, Type.Null()], {
    description: 'null: the tunnel was configured on the server itself',
  }),
  status: Type.Union([ProxyBrief, Type.Null()], {
    description: "As the server's last snapshot told; null: it has told of none",
  }),
  last_connected: Type.Union([Type.Number(), Type.Null()], {
    description: 'When the tunnel was last seen connected; epoch seconds',
  }),
})
export type FleetTunnel = Static<typeof FleetTunnel>

export interface FleetTunnelOptions {
  servers: readonly Server[]
  configs: ReadonlyMap<number, ProxyConfig>
  latest: AggregatorContext['latest']
  lastConnected(serverId: number): number | null
}

/** Every server that has a tunnel: one that is configured here, or one that runs there. No agent is asked. */
export function fleetTunnels({
  servers,
  configs,
  latest,
  lastConnected,
}: FleetTunnelOptions): FleetTunnel[] {
  return servers.flatMap(({ id, name, state }) => {
    const config = configs.get(id) ?? null
    const told = latest.get(id)?.proxy
    const status = isBrief(told) ? told : null
    if (config === null && (status === null || status.status === 'stopped')) return []
    return [
      {
        server_id: id,
        server: name,
        server_state: state,
        config,
        status,
        last_connected: lastConnected(id),
      },
    ]
  })
}

const isBrief = createGuard(ProxyBrief)

import { type AgentClient, type Static, Type } from '@mon/core'
import { ProxyState } from '../proxy-status.js'
import { AgentFailure, start } from './ask-agent.js'
import { type FleetTunnel, type FleetTunnelOptions, fleetTunnels } from './fleet-tunnels.js'
import { knownUnreachable } from './known-unreachable.js'
import { mapBounded } from './map-bounded.js'

/** What came of one server's tunnel. */
export const Reconnection = Type.Object({
  server_id: Type.Integer(),
  server: Type.String({ description: 'Name of the server' }),
  ok: Type.Boolean({ description: 'Whether its agent has started the tunnel anew' }),
  status: Type.Union([ProxyState, Type.Null()]),
  error: Type.Union([AgentFailure, Type.Null()]),
})
export type Reconnection = Static<typeof Reconnection>

export interface ReconnectOptions extends FleetTunnelOptions {
  agent(serverId: number): AgentClient
}

/** How many agents are asked at a time. */
const AT_ONCE = 8

/**
 * Starts anew every tunnel that is wanted and does not work. Those that work are left alone, for
 * a new start would cut what runs through them; and so are those that somebody has stopped.
 */
export function reconnectTunnels(options: ReconnectOptions): Promise<Reconnection[]> {
  const servers = new Map(options.servers.map((server) => [server.id, server]))
  return mapBounded(fleetTunnels(options).filter(isInTrouble), AT_ONCE, async (tunnel) => {
    const { server_id, server } = tunnel
    const { status, error } = knownUnreachable(servers.get(server_id)) ?? (await again(tunnel))
    return { server_id, server, ok: error === null, status: status?.status ?? null, error }
  })

  function again({ server_id, config }: FleetTunnel) {
    return start(options.agent(server_id), config)
  }
}

function isInTrouble({ config, status, server_state }: FleetTunnel): boolean {
  if (config?.enabled === false || server_state === 'disabled') return false
  if (status?.status === 'stopped') return false
  // What a server that is gone told last is not how it is.
  const works = status?.status === 'connected' || status?.status === 'starting'
  return !works || server_state === 'offline'
}

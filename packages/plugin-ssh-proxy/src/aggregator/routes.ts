import { type RoutePlugin, Type } from '@mon/core'
import { FleetTunnel } from './fleet-tunnels.js'
import { Reconnection } from './reconnect.js'
import { ChangedTunnel, ServerTunnel, TunnelChange, type Tunnels } from './server-tunnel.js'

const tags = ['tunnels']
const Params = Type.Object({ id: Type.Integer({ minimum: 1 }) })

export interface TunnelRoutesOptions {
  tunnels: Tunnels
  fleet(): Promise<FleetTunnel[]>
  reconnect(): Promise<Reconnection[]>
}

/** What stands below `/api`. */
export function tunnelRoutes({ tunnels, fleet, reconnect }: TunnelRoutesOptions): RoutePlugin {
  return async (app) => {
    app.setSerializerCompiler(() => (data) => JSON.stringify(data))

    app.get(
      '/servers/:id/proxy',
      {
        schema: {
          summary: 'The tunnel of a server: its saved configuration, and how it fares now',
          description:
            'Asks the agent. Where it does not answer, `status` is null and `status_error` says why.',
          tags,
          params: Params,
          response: { 200: ServerTunnel },
        },
      },
      async ({ params }, reply) => {
        const tunnel = await tunnels.read(params.id)
        return reply.header('etag', tunnel.etag).send(tunnel)
      },
    )

    app.put(
      '/servers/:id/proxy',
      {
        schema: {
          summary: 'Save the configuration of a tunnel, start it, stop it',
          description:
            'The configuration is saved first, and sent with a start. Where the agent refuses or ' +
            'does not answer it stays saved, and `action` says why. With `enabled: false` the ' +
            'tunnel is stopped, and a start is refused. With `If-Match` nothing is saved unless ' +
            'the configuration is still the one of that `ETag`; without it the last write wins.',
          tags,
          params: Params,
          headers: Type.Object({
            'if-match': Type.Optional(
              Type.String({
                maxLength: 1000,
                description: 'The `ETag` that the change is made on',
              }),
            ),
          }),
          body: TunnelChange,
          response: { 200: ChangedTunnel },
        },
      },
      async ({ params, body, headers }, reply) => {
        const tunnel = await tunnels.change(params.id, body, headers['if-match'])
        return reply.header('etag', tunnel.etag).send(tunnel)
      },
    )

    app.get(
      '/proxies',
      {
        schema: {
          summary: 'Every tunnel of the fleet',
          description: "As the servers' last snapshots told; no agent is asked.",
          tags,
          response: { 200: Type.Array(FleetTunnel) },
        },
      },
      () => fleet(),
    )

    app.post(
      '/proxies/reconnect',
      {
        schema: {
          summary: 'Start anew every tunnel that is wanted and does not work',
          description:
            'Leaves alone those that are connected or starting, those that somebody has stopped, ' +
            'and those that are disabled. Answers when every agent has.',
          tags,
          response: { 200: Type.Array(Reconnection) },
        },
      },
      () => reconnect(),
    )
  }
}

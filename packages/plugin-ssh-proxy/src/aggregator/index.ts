import type { AggregatorContext } from '@mon/core'
import { createConfigStore } from './config-store.js'
import { fleetTunnels } from './fleet-tunnels.js'
import { createLastConnected } from './last-connected.js'
import { type Reconnection, reconnectTunnels } from './reconnect.js'
import { tunnelRoutes } from './routes.js'
import { createTunnels } from './server-tunnel.js'
import { stopDisabled } from './stop-disabled.js'

/** How often disabled tunnels that run are looked for. */
const STOP_INTERVAL_MS = 30_000

/** Runs on the centre: keeps the configurations of all tunnels, and steers the agents that run them. */
export function setup(ctx: AggregatorContext): void {
  const { agent, log } = ctx
  const configs = createConfigStore(ctx.database)
  const connected = createLastConnected()
  const lastConnected = connected.at
  const tunnels = createTunnels({ configs, server: ctx.servers.get, agent, lastConnected })
  const fleet = async () => ({
    servers: ctx.servers.list(),
    configs: await configs.all(),
    latest: ctx.latest,
    lastConnected,
  })

  ctx.hooks.derive.tap('ssh-proxy', (latest, server) => ({
    ...latest,
    proxy_down_s: connected.observe(server.id, latest),
  }))
  ctx.hooks.server.tap('ssh-proxy', (event) => {
    const isElsewhere =
      event.change === 'changed' && event.server.base_url !== event.previous.base_url
    if (isElsewhere || event.change === 'deleted') connected.forget(event.server.id)
  })

  let reconnecting: Promise<Reconnection[]> | undefined
  ctx.routes(
    tunnelRoutes({
      tunnels,
      fleet: async () => fleetTunnels(await fleet()),
      // Who asks while it runs gets the same answer.
      reconnect() {
        reconnecting ??= fleet()
          .then((all) => reconnectTunnels({ ...all, agent }))
          .finally(() => {
            reconnecting = undefined
          })
        return reconnecting
      },
    }),
    { prefix: '/api' },
  )

  const running = () =>
    ctx.servers.list().flatMap(({ id, state }) => {
      const answers = state === 'online' || state === 'degraded'
      const status = answers ? ctx.latest.get(id)?.proxy_status : null
      return typeof status === 'string' && status !== 'stopped' ? [id] : []
    })
  const look = () =>
    stopDisabled({ configs, running, agent, log }).catch((error: unknown) =>
      log.warn({ err: error }, 'Disabled tunnels could not be looked for.'),
    )
  let timer: NodeJS.Timeout | undefined
  ctx.onStart(() => {
    timer = setInterval(look, STOP_INTERVAL_MS)
  })
  ctx.onStop(() => clearInterval(timer))
}

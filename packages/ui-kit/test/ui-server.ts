import type { ServerResponse } from 'node:http'
import type { Metric, Server, Widget } from '@mon/core'
import { fastify } from 'fastify'
import { loadAssets } from '../src/server/assets.js'
import { uiRoutes } from '../src/server/routes.js'
import { liveMetrics, liveSeries } from './live-series.js'
import { type ManagedServers, manageServers } from './managed-servers.js'

/** The UI's own routes, beside an aggregator's that say what a test wants said. */
export interface UiServer {
  url: string
  /** What every new stream begins with. */
  fleet: Server[]
  /** What the plugins have declared, and the last hour of any server: a test may say otherwise. */
  metrics: Metric[]
  live: (id: number, minutes: number) => unknown
  /** Sends a delta to all who follow. */
  delta(changes: unknown): void
  /** Ends all streams and refuses new ones, until `accept`. */
  refuse(): void
  accept(): void
  /** How many follow the stream now. */
  readers(): number
  /** What was asked of `/api/servers`, and what it answers. */
  managed: ManagedServers
  close(): Promise<void>
}

export interface TestWidget extends Widget {
  plugin: string
}

export async function startUiServer(
  fleet: Server[],
  widgets: readonly TestWidget[] = [],
): Promise<UiServer> {
  const readers = new Set<ServerResponse>()
  let refusing = false
  const app = fastify({ forceCloseConnections: true })

  await app.register(
    uiRoutes(loadAssets(), () => widgets),
    { prefix: '/' },
  )

  app.get('/api/session', () => ({
    authenticated: true,
    login: false,
    time_zone: 'Asia/Tokyo',
  }))

  app.get('/healthz', () => ({
    status: 'degraded',
    version: '1.1.0',
    uptime_s: 86_400,
    checks: { database: { ok: false, message: 'The disk is full' } },
    plugins: [
      {
        id: 'history',
        version: '1.1.0',
        state: 'degraded',
        ms: 12,
        errors: [{ code: 'DATABASE_FAILED', message: 'INSERT INTO samples_hourly: disk is full' }],
        taps: [{ hook: 'published', calls: 12_345, failures: 1, total_ms: 678 }],
      },
    ],
  }))

  app.get('/api/widgets', () =>
    widgets.map(({ module, ...widget }) => ({
      order: 100,
      placement: null,
      icon: null,
      path: null,
      messages: null,
      api: 1,
      ...widget,
      module: `/ui/widgets/${widget.plugin}/${module.pathname.split('/').at(-1)}`,
    })),
  )

  app.get('/api/metrics', () => server.metrics)

  app.get<{ Params: { id: string } }>('/api/servers/:id', ({ params }, reply) => {
    const found = server.fleet.find(({ id }) => String(id) === params.id)
    return found ?? reply.code(404).send({ code: 'SERVER_NOT_FOUND', detail: 'No such server.' })
  })

  app.get<{ Params: { id: string }; Querystring: { minutes: string } }>(
    '/api/servers/:id/live',
    ({ params, query }) => server.live(Number(params.id), Number(query.minutes)),
  )

  app.get('/api/stream', { exposeHeadRoute: false }, (_request, reply) => {
    if (refusing) {
      return reply
        .code(503)
        .type('application/problem+json')
        .header('x-request-id', '7f3c9a12')
        .send({
          code: 'DATABASE_UNAVAILABLE',
          detail: 'The database cannot be opened.',
          hint: 'Look at the log.',
        })
    }
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream' })
    raw.write(frame('fleet', server.fleet))
    readers.add(raw)
    raw.on('close', () => readers.delete(raw))
  })

  const delta = (changes: unknown) => {
    for (const reader of readers) reader.write(frame('delta', changes))
  }
  const managed = manageServers(app, fleet, delta)

  await app.listen({ host: '127.0.0.1', port: 0 })
  const server: UiServer = {
    url: app.listeningOrigin,
    fleet,
    metrics: liveMetrics,
    live: (_id, minutes) => liveSeries({ minutes }),
    delta,
    managed,
    refuse() {
      refusing = true
      for (const reader of readers) reader.destroy()
    },
    accept() {
      refusing = false
    },
    readers: () => readers.size,
    close: () => app.close(),
  }
  return server
}

function frame(event: string, data: unknown): string {
  return `id: test-1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

import type { ServerResponse } from 'node:http'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { listen } from '../http/listen.js'
import { createHttpServer } from '../http/server.js'
import type { ServerFields } from './delta.js'
import { streamRoutes } from './routes.js'
import { createStream } from './stream.js'

export const sampleServer = (id: number, cpu_pct: number) => ({
  id,
  state: 'online',
  latest: { cpu_pct, disks: [{ used_pct: cpu_pct }] },
})

/** A stream behind a real server, over a fleet that the test changes. */
export async function serveTestStream(...servers: ServerFields[]) {
  const fleet = new Map(servers.map((server) => [Number(server.id), server]))
  const viewed: string[] = []
  const log = pino({ level: 'silent' })
  const stream = createStream({
    log,
    ids: () => fleet.keys(),
    view(id, view) {
      viewed.push(`${view} ${id}`)
      const server = fleet.get(id)
      return server && { ...server, view }
    },
  })
  const app = createHttpServer({
    log,
    title: 'Test',
    description: 'The stream',
    version: '1.0.0',
    allowed_hosts: [],
    token: null,
  })
  const responses: ServerResponse[] = []
  app.addHook('onRequest', async (_, reply) => void responses.push(reply.raw))
  app.register(streamRoutes(stream))
  const url = `${await listen(app, { host: '127.0.0.1', port: 0 })}/api/stream`
  onTestFinished(async () => {
    stream.close()
    await app.close()
  })
  return {
    stream,
    url,
    viewed,
    responses,
    fleet,
    set(server: ServerFields) {
      fleet.set(Number(server.id), server)
      stream.changed(Number(server.id))
    },
    remove(id: number) {
      fleet.delete(id)
      stream.changed(id)
    },
  }
}

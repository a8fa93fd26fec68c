import type { Server } from '@mon/core'
import type { FastifyInstance } from 'fastify'

/** A request that adds, changes, deletes or tests a server. */
export interface ServerRequest {
  method: string
  path: string
  body: unknown
}

/** An answer other than success. */
export interface Refusal {
  status: number
  code: string
  detail: string
  errors?: { path: string; message: string }[]
}

export interface ManagedServers {
  /** All that were asked, oldest first. */
  requests: ServerRequest[]
  /** What a test wants answered instead; undefined lets the request succeed. */
  refuse: (request: ServerRequest) => Refusal | undefined | Promise<Refusal | undefined>
  /** What a connection test answers. */
  tested: unknown
}

/** The routes under `/api/servers`, over the fleet that the stream begins with. */
export function manageServers(
  app: FastifyInstance,
  fleet: Server[],
  delta: (changes: unknown) => void,
): ManagedServers {
  const managed: ManagedServers = {
    requests: [],
    refuse: () => undefined,
    tested: {
      ok: true,
      ms: 12.3,
      hostname: 'gpu-01',
      agent_version: '1.1.0',
      latest: { ts: 1, gpu_count: 8 },
    },
  }

  app.addHook('preHandler', async ({ method, url: path, body }, reply) => {
    if (!path.startsWith('/api/servers')) return
    const request = { method, path, body }
    managed.requests.push(request)
    const refusal = await managed.refuse(request)
    if (refusal === undefined) return
    const { status, ...problem } = refusal
    return reply.code(status).type('application/problem+json').send(problem)
  })

  app.post('/api/servers/test', () => managed.tested)
  app.post<{ Body: Partial<Server> }>('/api/servers', ({ body }, reply) => {
    const server = change(newServer(Math.max(0, ...fleet.map(({ id }) => id)) + 1), body)
    fleet.push(server)
    delta({ [server.id]: server })
    return reply.code(201).send(server)
  })
  app.put<{ Params: { id: string }; Body: Partial<Server> }>(
    '/api/servers/:id',
    ({ params, body }) => {
      const index = fleet.findIndex(({ id }) => String(id) === params.id)
      const server = change(fleet[index] ?? newServer(Number(params.id)), body)
      fleet[index] = server
      delta({ [server.id]: server })
      return server
    },
  )
  app.put('/api/servers/:id/part', () => ({}))
  app.delete<{ Params: { id: string } }>('/api/servers/:id', ({ params }, reply) => {
    fleet.splice(
      fleet.findIndex(({ id }) => String(id) === params.id),
      1,
    )
    delta({ [params.id]: null })
    return reply.code(204).send()
  })
  return managed
}

function change(server: Server, { ...body }: Partial<Server> & { token?: unknown }): Server {
  delete body.token
  const state = body.enabled === false ? 'disabled' : server.enabled ? server.state : 'unknown'
  return { ...server, ...body, state }
}

function newServer(id: number): Server {
  return {
    id,
    name: '',
    base_url: '',
    tags: [],
    enabled: true,
    poll_interval_s: null,
    state: 'unknown',
    last_seen: null,
    last_error: null,
    latest: null,
  }
}

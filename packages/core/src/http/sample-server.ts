import { pino } from 'pino'
import { Type } from 'typebox'
import { MonError } from '../errors.js'
import { createHttpServer, type HttpServer, type HttpServerOptions } from './server.js'
import { sessionRoutes } from './session-routes.js'

/** A server with routes of all kinds, for the tests of this folder. */
export function createSampleServer(options: Partial<HttpServerOptions> = {}): SampleServer {
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) })
  const app = createHttpServer({
    log,
    title: 'Sample',
    description: 'Routes of all kinds',
    version: '1.0.0',
    allowed_hosts: [],
    token: null,
    ...options,
  })
  app.register(sampleRoutes)
  if (options.login) app.register(sessionRoutes({ token: null, ...options }))
  return { app, logged }
}

export interface SampleServer {
  app: HttpServer
  /** Every line of the log, as written. */
  logged: string[]
}

export const Thing = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 20 }),
    token: Type.Optional(Type.String({ maxLength: 10 })),
    count: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
    mode: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off')])),
    tags: Type.Optional(Type.Array(Type.String(), { maxItems: 3 })),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
)

export const ThingQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    id: Type.Optional(Type.Array(Type.Integer(), { maxItems: 5 })),
    all: Type.Optional(Type.Boolean()),
    since: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
)

const sampleRoutes = async (app: HttpServer) => {
  app.get('/healthz', { config: { public: true } }, async () => ({ ok: true }))
  app.get(
    '/api/things',
    { schema: { summary: 'All things', querystring: ThingQuery, response: { 200: ThingQuery } } },
    async (request) => request.query,
  )
  app.get(
    '/api/things/:id',
    { schema: { params: Type.Object({ id: Type.Integer() }) } },
    async (request) => request.params,
  )
  app.post(
    '/api/things',
    { schema: { body: Thing, response: { 201: Thing } } },
    async (request, reply) => reply.code(201).send(request.body),
  )
  app.get('/api/fails', async (_, reply) => {
    reply.header('content-disposition', 'attachment').header('cache-control', 'max-age=60')
    throw new Error('the database password is hunter2')
  })
  app.get('/api/elsewhere-fails', async () => {
    throw Object.assign(new Error('hunter2 was refused'), { statusCode: 401 })
  })
  app.get(
    '/api/taken',
    { schema: { response: { '4xx': Type.Object({ only: Type.String() }) } } },
    async () => {
      throw new MonError('SERVER_NAME_TAKEN', 'There is one called gpu-01.', {
        hint: 'Choose another.',
      })
    },
  )
  app.get('/api/stream', { exposeHeadRoute: false }, (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' })
    reply.raw.write(': hello\n\n')
  })
  app.get('/api/hidden', { schema: { hide: true } }, async () => 'hidden')
}

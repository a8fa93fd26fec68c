import { Type } from 'typebox'
import { acceptsGzip, gzipBody } from '../live/gzip.js'
import { jsonBytes, jsonItems } from '../live/json-bytes.js'
import type { RoutePlugin } from '../plugin/routes.js'
import { normaliseBaseUrl } from './base-url.js'
import { ConnectionTest, ConnectionTestResult, type TestConnection } from './connection-test.js'
import { NewServer, Server, ServerChange, ServerSummary } from './server.js'
import { type Fleet, serverNotFound } from './servers.js'

const Params = Type.Object({ id: Type.Integer({ minimum: 1 }) })

const ListQuery = Type.Object(
  {
    view: Type.Optional(
      Type.Union([Type.Literal('full'), Type.Literal('summary')], {
        description: 'summary: of `latest` the scalar fields, and the cards in short',
      }),
    ),
  },
  { additionalProperties: false },
)

const tags = ['servers']
const JSON_TYPE = 'application/json; charset=utf-8'

export interface ServerRoutesOptions {
  servers: Fleet
  testConnection: TestConnection
}

/** The fleet and its CRUD. */
export function serverRoutes({ servers, testConnection }: ServerRoutesOptions): RoutePlugin {
  return async (app) => {
    // The schemas describe the answers; serialising by them would drop plugins' fields of `latest`.
    app.setSerializerCompiler(() => (data) => JSON.stringify(data))

    app.get(
      '/api/servers',
      {
        schema: {
          summary: 'List the servers',
          tags,
          querystring: ListQuery,
          response: {
            200: Type.Unsafe<Buffer>(Type.Union([Type.Array(Server), Type.Array(ServerSummary)])),
          },
        },
      },
      async ({ query, headers }, reply) => {
        const items = await jsonItems(servers.views(query.view ?? 'full'))
        const list = Buffer.concat([Buffer.from('['), ...items, Buffer.from(']')])
        reply.type(JSON_TYPE).header('vary', 'accept-encoding')
        if (!acceptsGzip(headers['accept-encoding'])) return reply.send(list)
        return reply.header('content-encoding', 'gzip').send(await gzipBody(list))
      },
    )

    app.post(
      '/api/servers',
      {
        schema: {
          summary: 'Add a server',
          tags,
          body: NewServer,
          response: { 201: Server },
        },
      },
      async (request, reply) => {
        const server = await servers.create(request.body)
        return reply.code(201).header('location', `/api/servers/${server.id}`).send(server)
      },
    )

    app.get(
      '/api/servers/:id',
      {
        schema: {
          summary: 'Read a server',
          tags,
          params: Params,
          response: { 200: Type.Unsafe<Buffer>(Server) },
        },
      },
      async ({ params: { id } }, reply) => {
        const server = servers.view(id, 'full')
        if (server === undefined) throw serverNotFound(id)
        return reply.type(JSON_TYPE).send(jsonBytes(server))
      },
    )

    app.put(
      '/api/servers/:id',
      {
        schema: {
          summary: 'Change a server',
          description:
            'What is left out keeps its value; `token: null` removes the token. So does a ' +
            '`base_url` of another origin without a `token`, so that a saved token is never ' +
            'sent where it was not meant to go.',
          tags,
          params: Params,
          body: ServerChange,
          response: { 200: Server },
        },
      },
      ({ params, body }) => servers.update(params.id, body),
    )

    app.delete(
      '/api/servers/:id',
      {
        schema: {
          summary: 'Delete a server',
          tags,
          params: Params,
          response: { 204: Type.Null() },
        },
      },
      async ({ params }, reply) => {
        await servers.remove(params.id)
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/api/servers/test',
      {
        schema: {
          summary: 'Ask an agent once, without saving anything',
          description:
            'With `id`, the saved token of that server is used where `token` is left out and ' +
            '`base_url` is its saved address.',
          tags,
          body: ConnectionTest,
          response: { 200: ConnectionTestResult },
        },
      },
      ({ body }) => {
        const base_url = normaliseBaseUrl(body.base_url)
        const saved = body.id === undefined ? undefined : servers.target(body.id)
        const savedToken = saved?.base_url === base_url ? saved.token : null
        return testConnection({ base_url, token: body.token ?? savedToken })
      },
    )
  }
}

import { Type } from 'typebox'
import type { RoutePlugin } from '../plugin/routes.js'
import { acceptsGzip } from './gzip.js'
import type { Stream } from './stream.js'

const Query = Type.Object(
  {
    server_id: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1 }), {
        maxItems: 100,
        description: 'These servers, with all their fields; repeats. All in summary without it',
      }),
    ),
  },
  { additionalProperties: false },
)

const Headers = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ maxLength: 100, description: 'Resume after this event' }),
  ),
})

export function streamRoutes(stream: Stream): RoutePlugin {
  return async (app) => {
    app.get(
      '/api/stream',
      {
        // An answer to HEAD would never end.
        exposeHeadRoute: false,
        schema: {
          summary: 'Follow the fleet as server-sent events',
          description:
            'First `fleet`: an array of servers. Then `delta`: an object of server ids, each with ' +
            'the fields that changed (those of `latest` merge into it, a vanished field is null), ' +
            'or null for a deleted server. An id that cannot be resumed gets the fleet again. ' +
            'Compressed for who accepts gzip, every event in a block of its own.',
          tags: ['servers'],
          querystring: Query,
          headers: Headers,
          response: {
            200: {
              description: 'Events until either side closes',
              content: { 'text/event-stream': { schema: Type.String() } },
            },
          },
        },
      },
      (request, reply) => {
        const lastEventId = request.headers['last-event-id']
        const serverIds = request.query.server_id
        const gzip = acceptsGzip(request.headers['accept-encoding'])
        reply.hijack()
        // The events last as long as the connection. In chunks each would be three writes a reader.
        reply.raw.removeHeader('transfer-encoding')
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          connection: 'close',
          // nginx would hold events back until its buffer is full.
          'x-accel-buffering': 'no',
          vary: 'accept-encoding',
          ...(gzip && { 'content-encoding': 'gzip' }),
        })
        stream.subscribe(reply.raw, {
          gzip,
          ...(serverIds !== undefined && { serverIds }),
          ...(lastEventId !== undefined && { lastEventId }),
        })
      },
    )
  }
}

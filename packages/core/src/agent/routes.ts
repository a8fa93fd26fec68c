import { Type } from 'typebox'
import type { RoutePlugin } from '../plugin/routes.js'
import { Snapshot } from '../snapshot/snapshot.js'

export const SNAPSHOT_PATH = '/v1/snapshot'

/** `GET /v1/snapshot`. The bytes come serialised, so the schema here documents them only. */
export function snapshotRoute(snapshot: () => Promise<Buffer>): RoutePlugin {
  return async (app) => {
    app.get(
      SNAPSHOT_PATH,
      {
        schema: {
          summary: 'The state of this server now',
          description:
            'Answered within 2 s: what a collector cannot say by then is null or its last value.',
          tags: ['snapshot'],
          response: { 200: Type.Unsafe<Buffer>(Snapshot) },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async (_request, reply) =>
        reply.type('application/json; charset=utf-8').send(await snapshot()),
    )
  }
}

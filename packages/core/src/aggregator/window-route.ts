import { Type } from 'typebox'
import { LiveSeries } from '../live/live-series.js'
import { type LiveWindow, WINDOW_S } from '../live/window.js'
import type { RoutePlugin } from '../plugin/routes.js'
import { type Fleet, serverNotFound } from '../servers/servers.js'

const Params = Type.Object({ id: Type.Integer({ minimum: 1 }) })

const Query = Type.Object(
  {
    minutes: Type.Integer({
      minimum: 1,
      maximum: WINDOW_S / 60,
      default: WINDOW_S / 60,
      description: 'How far back',
    }),
  },
  { additionalProperties: false },
)

export interface WindowRouteOptions {
  servers: Pick<Fleet, 'get'>
  window: LiveWindow
}

/** `GET /api/servers/:id/live`: the last minutes of all declared metrics. */
export function windowRoute({ servers, window }: WindowRouteOptions): RoutePlugin {
  return async (app) => {
    app.get(
      '/api/servers/:id/live',
      {
        schema: {
          summary: 'The last minutes of a server, by metric',
          description:
            'Columns of the same length for all declared metrics, from the memory of the ' +
            'aggregator: the newest samples one by one, older ones in points of 30 s with their ' +
            'least and greatest value, so that no peak is hidden. Where polls were missed there ' +
            'is a point whose values are null; a line must not be drawn across it. How far back ' +
            'the points go, and how many are whole, depends on `live_window_mb` and the number ' +
            'of servers; there are none after a restart.',
          tags: ['servers'],
          params: Params,
          querystring: Query,
          response: { 200: LiveSeries },
        },
        serializerCompiler: () => JSON.stringify,
      },
      ({ params: { id }, query: { minutes } }) => {
        if (servers.get(id) === undefined) throw serverNotFound(id)
        const now = Math.ceil(Date.now() / 1000)
        return window.read(id, now - minutes * 60, now)
      },
    )
  }
}

import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { Type } from 'typebox'
import { EXPOSITION_TYPE, PIECE_LENGTH } from '../metrics/exposition.js'
import { processFamilies } from '../metrics/process-families.js'
import { coreVersion } from '../version.js'
import type { Host } from './host.js'
import { pluginFamilies } from './plugin-families.js'
import type { RoutePlugin } from './routes.js'

/**
 * `GET /metrics`: the host's own health, and what its side adds. It is written piece by
 * piece, so that a fleet of thousands does not hold up the polls.
 */
export function metricsRoute(
  { guard, lifeCycle }: Pick<Host<never, unknown>, 'guard' | 'lifeCycle'>,
  families: () => Iterable<string> | Promise<Iterable<string>>,
): RoutePlugin {
  return async (app) => {
    app.get(
      '/metrics',
      {
        schema: {
          summary: 'Metrics in the text format of Prometheus',
          tags: ['host'],
          response: {
            200: {
              description: 'Version 0.0.4 of the format',
              content: { 'text/plain': { schema: Type.Unsafe<Readable>(Type.String()) } },
            },
          },
        },
      },
      async (_request, reply) => {
        const own = await processFamilies(coreVersion)
        const added = await families()
        const plugins = pluginFamilies(lifeCycle.states(), guard.costs())
        return reply.type(EXPOSITION_TYPE).send(Readable.from(takingTurns([own, plugins, added])))
      },
    )
  }
}

/** Small pieces as one; after each large one it is the turn of others. */
async function* takingTurns(texts: readonly Iterable<string>[]): AsyncGenerator<string> {
  let waiting = ''
  for (const text of texts) {
    for (const piece of text) {
      waiting += piece
      if (waiting.length < PIECE_LENGTH) continue
      yield waiting
      waiting = ''
      await setImmediate()
    }
  }
  yield waiting
}

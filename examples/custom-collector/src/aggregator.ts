import { type AggregatorContext, Type } from '@mon/core'
import { createPeaks, Peak } from './peaks.js'

/** Runs on the centre: remembers each server's peak, and serves the list. */
export function setup(ctx: AggregatorContext): void {
  const peaks = createPeaks(ctx.database)
  ctx.onStart(() => peaks.load())

  ctx.hooks.published.tap('open-files', ({ server, latest, received_at }) => {
    const { open_files } = latest
    if (typeof open_files !== 'number') return
    const ts = Math.floor(received_at / 1000)
    peaks
      .note({ server_id: server.id, open_files, ts })
      .catch((error: unknown) => ctx.log.warn({ err: error }, 'The peak could not be stored.'))
  })

  // Served at GET /api/plugins/open-files/peaks
  ctx.routes(async (app) => {
    app.get(
      '/peaks',
      {
        schema: {
          summary: 'The most files each server has been seen to hold open',
          tags: ['open-files'],
          response: { 200: Type.Array(Peak) },
        },
      },
      () => peaks.list(),
    )
  })
}

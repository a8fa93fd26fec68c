import type { AggregatorContext } from '@mon/core'
import { createCardRegistry } from './card-registry.js'
import { createCardWindow } from './card-window.js'
import { checkCards } from './check-cards.js'
import type { AggregatorConfig } from './config.js'
import { createDerive } from './derive-gpus.js'
import { freeCommand } from './free-command.js'
import { hotLimit } from './hot-limit.js'
import { gpuRoutes } from './routes.js'

/** Runs on the centre: checks and sums up the cards of each server, and misses those that vanish. */
export function setup(ctx: AggregatorContext<AggregatorConfig>): void {
  const now = () => Math.floor(Date.now() / 1000)
  const registry = createCardRegistry(ctx.database, ctx.log)
  const window = createCardWindow()
  ctx.onStart(() => registry.load())

  const derive = createDerive({ registry, now, hotLimit: (card) => hotLimit(ctx.config, card) })
  ctx.hooks.derive.tap('gpu-nvidia', derive)
  ctx.hooks.published.tap('gpu-nvidia', ({ server, latest, received_at }) =>
    window.add(server.id, checkCards(latest.gpus) ?? [], received_at / 1000),
  )
  ctx.hooks.server.tapPromise('gpu-nvidia', async (event) => {
    // Another address is another machine, with other cards.
    const isElsewhere =
      event.change === 'changed' && event.server.base_url !== event.previous.base_url
    if (!isElsewhere && event.change !== 'deleted') return
    window.forget(event.server.id)
    await registry.forget(event.server.id)
  })

  const servers = () => ctx.servers.list()
  ctx.routes(gpuRoutes({ servers, window, registry, now }), { prefix: '/api/gpus' })
  ctx.hooks.commands.tap('gpu-nvidia', (registry) => registry.add(freeCommand))
}

import type { AggregatorContext } from '@mon/core'
import type { GpuInfo } from '../gpu-info.js'
import { createCardHeat } from './card-heat.js'
import { createCardRegistry } from './card-registry.js'
import { createCardUse } from './card-use.js'
import { createCardWindow } from './card-window.js'
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
  const heat = createCardHeat()
  const use = createCardUse()
  const cards = new Map<number, readonly GpuInfo[]>()
  ctx.onStart(() => registry.load())

  const derive = createDerive({
    registry,
    now,
    isHot: (serverId, card) => heat.isHot(serverId, card, hotLimit(ctx.config, card)),
    isFree: (serverId, card) => use.isFree(serverId, card, now()),
  })
  ctx.hooks.derive.tap('gpu-nvidia', (latest, server) => {
    const derived = derive(latest, server)
    const gpus = derived.gpus ?? []
    cards.set(server.id, gpus)
    window.add(server.id, gpus, now())
    return derived
  })
  ctx.hooks.server.tapPromise('gpu-nvidia', async (event) => {
    // Another address is another machine, with other cards.
    const isElsewhere =
      event.change === 'changed' && event.server.base_url !== event.previous.base_url
    if (!isElsewhere && event.change !== 'deleted') return
    cards.delete(event.server.id)
    for (const memory of [window, heat, use]) memory.forget(event.server.id)
    await registry.forget(event.server.id)
  })

  const servers = () => ctx.servers.list()
  const cardsOf = (serverId: number) => cards.get(serverId) ?? []
  const forget = async (serverId: number, uuid: string) => {
    await registry.forget(serverId, uuid)
    // What is listed before the next poll says so, too.
    const rest = cardsOf(serverId).filter((card) => card.uuid !== uuid || card.state !== 'lost')
    cards.set(serverId, rest)
  }
  ctx.routes(gpuRoutes({ servers, cardsOf, window, forget, now }), { prefix: '/api/gpus' })
  ctx.hooks.commands.tap('gpu-nvidia', (registry) => registry.add(freeCommand))
}

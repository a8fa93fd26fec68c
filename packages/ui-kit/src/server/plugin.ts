import type { AggregatorContext } from '@mon/core'
import { loadAssets } from './assets.js'
import { uiRoutes } from './routes.js'
import type { ServedWidget } from './widget-modules.js'

export function setup(ctx: AggregatorContext): void {
  let widgets: () => readonly ServedWidget[] = () => []
  ctx.hooks.widgets.tap('ui', (registry) => {
    widgets = registry.list
  })
  ctx.routes(
    uiRoutes(loadAssets(), () => widgets()),
    { prefix: '/' },
  )
}

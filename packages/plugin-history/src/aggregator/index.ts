import type { AggregatorContext } from '@mon/core'
import { columnsOf } from '../columns.js'
import { serveHistory } from './api/serve-history.js'
import type { HistoryConfig } from './config.js'
import { exportCommand } from './export-command.js'
import { keepHours } from './keep-hours.js'
import { createChanges } from './store/changes.js'
import { declareColumns } from './store/declare-columns.js'

/** Runs on the centre: keeps every hour of every server, and answers for them. */
export function setup(ctx: AggregatorContext<HistoryConfig>): void {
  const metrics = declareColumns(ctx.hooks)
  const changes = createChanges()

  ctx.onStart(async () => {
    const columns = columnsOf(metrics())
    const keeper = keepHours({ ctx, columns, changes })
    ctx.onStop(keeper.stop)
    await keeper.start()
    await serveHistory({ ctx, declared: columns, changes })
  })
  ctx.hooks.commands.tap('history', (registry) => registry.add(exportCommand))
}

import type { AggregatorContext } from '@mon/core'
import type { HourlyColumn } from '../columns.js'
import type { HistoryConfig } from './config.js'
import { createRollup } from './rollup/rollup.js'
import { createBacklog } from './store/backlog.js'
import type { Changes } from './store/changes.js'
import { createHourStore } from './store/hour-store.js'
import { createRetention } from './store/retention.js'
import { createWriter, type Writer } from './store/writer.js'

/** Some 20 hours of 1,000 servers with eight cards each. */
const BACKLOG_BYTES = 32 * 1024 * 1024

export interface KeepHoursOptions {
  ctx: Pick<AggregatorContext<HistoryConfig>, 'config' | 'database' | 'hooks' | 'log'>
  columns: readonly HourlyColumn[]
  changes: Changes
}

/** From what is polled to the table: adds up, writes every minute, deletes what is too old. */
export interface HourKeeper extends Pick<Writer, 'flush'> {
  start(): Promise<void>
  stop(): Promise<void>
}

export function keepHours({ ctx, columns, changes }: KeepHoursOptions): HourKeeper {
  const { database, hooks, log } = ctx
  const store = createHourStore(database, columns)
  const backlog = createBacklog(BACKLOG_BYTES)
  const rollup = createRollup({
    fields: new Map(columns.map(({ metric, field }) => [metric, field])),
    onEnd: (hour) => backlog.add(store.endedHour(hour)),
  })
  const writer = createWriter({ rollup, backlog, store, changes, log })
  const { retention_days } = ctx.config
  const retention = createRetention({ database, retention_days, changes, log })

  hooks.published.tap('history', ({ server, latest, received_at, interval_s }) =>
    rollup.add({
      server_id: server.id,
      latest,
      received_at,
      monotonic_ms: performance.now(),
      interval_s,
    }),
  )
  hooks.server.tapPromise('history', async ({ change, server }) => {
    if (change !== 'deleted') return
    rollup.forget(server.id)
    backlog.forget(server.id)
    // Its rows went with it: they refer to it.
    changes.note(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  })
  hooks.health.tapPromise('history', async ({ checks }) => {
    const trouble = writer.trouble()
    const lost = backlog.lost()
    checks.history =
      trouble === null
        ? { ok: true }
        : { ok: false, message: describe(trouble, backlog.size(), lost) }
  })

  return {
    flush: writer.flush,
    async start() {
      rollup.load(await store.load())
      writer.start()
      retention.start()
    },
    async stop() {
      retention.stop()
      await writer.stop()
    },
  }
}

function describe(
  { since, message }: { since: number; message: string },
  waiting: number,
  lost: number,
): string {
  const what = `No history is written since ${new Date(since).toISOString()}: ${message.replace(/\.$/, '')}.`
  const kept = `The hours that run are kept in memory, and ${waiting} that are over.`
  const gone = lost === 0 ? '' : ` ${lost} more did not fit and are lost.`
  return `${what} ${kept}${gone}`
}

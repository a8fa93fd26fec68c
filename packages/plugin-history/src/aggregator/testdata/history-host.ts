import {
  type AggregatorContext,
  definePlugin,
  type Plugin,
  type RawConfig,
} from '@mon/core'
import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import { type Kysely, sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { history } from '../../index.js'
import { TABLE } from '../../table.js'

export interface HistoryHost extends TestAggregator {
  /** What a plugin has. */
  ctx: AggregatorContext
  db: Kysely<unknown>
  rows(where?: string): Promise<Record<string, unknown>[]>
  /** A disabled server, so that nothing but the test fills its hours. @returns its id */
  addServer(name: string): Promise<number>
}

/** A real aggregator with the history, and what a plugin beside it sees. */
export async function startHistory(
  plugins: readonly Plugin[] = [],
  config: RawConfig = {},
): Promise<HistoryHost> {
  let seen: AggregatorContext | undefined
  const probe = definePlugin({
    id: 'probe',
    version: '1.0.0',
    api: '^1.0.0',
    aggregator: {
      load: async () => ({
        setup(ctx) {
          seen = ctx
        },
      }),
    },
  })
  const aggregator = await startTestAggregator([history, ...plugins, probe], config)
  onTestFinished(aggregator.stop)
  if (seen === undefined) throw new Error('the probe was not set up')
  const ctx = seen
  const db = ctx.database.query<unknown>()
  return {
    ...aggregator,
    ctx,
    db,
    async rows(where = '1') {
      const found = sql<Record<string, unknown>>`
        SELECT * FROM ${sql.table(TABLE)} WHERE ${sql.raw(where)} ORDER BY ts, server_id`
      return (await found.execute(db)).rows
    },
    async addServer(name) {
      const server = { name, base_url: 'http://127.0.0.1:9', enabled: false }
      const answer = await aggregator.request('POST', '/api/servers', server)
      return Number(Object(answer).id)
    },
  }
}

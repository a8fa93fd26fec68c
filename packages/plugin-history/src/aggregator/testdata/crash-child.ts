// A history that writes all the time, until it is killed: node crash-child.ts FILE.
// Its time runs by itself: each reading is a minute after the one before, taken up from what is
// stored, so that every hour that is over has all of its 60 readings, however often it is killed.
import { createAggregator, type Database, definePlugin, type Published } from '@mon/core'
import { sql } from 'kysely'
import { columnsOf } from '../../columns.js'
import { addHistory, addHourlySamples } from '../../migrations.js'
import { HistoryConfig } from '../config.js'
import { keepHours } from '../keep-hours.js'
import { createChanges } from '../store/changes.js'
import { createHourStore } from '../store/hour-store.js'
import { latestWith } from './readings.js'

const MINUTE_MS = 60_000
const BEGIN = Date.UTC(2026, 2, 1)
const SERVERS = 5
const READINGS_AT_ONCE = 25

const columns = columnsOf([
  {
    name: 'cpu_pct',
    unit: 'percent',
    label: { en: 'CPU', 'zh-CN': 'CPU' },
    hourly: ['avg', 'max'],
  },
])

function publishedOf(id: number, received_at: number): Published {
  return {
    server: {
      id,
      name: `gpu-${id}`,
      base_url: 'http://127.0.0.1:9',
      tags: [],
      enabled: false,
      poll_interval_s: null,
    },
    // The same in the whole hour, so that the average is known.
    latest: latestWith({ cpu_pct: (Math.floor(received_at / 3_600_000) + id) % 100 }),
    received_at,
    interval_s: 60,
  }
}

/** Before the first reading: what belongs to no server is not stored. */
async function addServers(database: Database): Promise<void> {
  const ids = JSON.stringify(Array.from({ length: SERVERS }, (_, place) => place + 1))
  await sql`INSERT OR IGNORE INTO servers (id, name, base_url, enabled, created_at, updated_at)
    SELECT value, 'gpu-' || value, 'http://127.0.0.1:9', 0, 0, 0 FROM json_each(${ids})`.execute(
    database.query<unknown>(),
  )
}

const driver = definePlugin({
  id: 'history',
  version: '1.0.0',
  api: '^1.0.0',
  aggregator: {
    config: HistoryConfig,
    migrations: [addHourlySamples, addHistory],
    load: async () => ({
      setup(ctx) {
        const keeper = keepHours({ ctx, columns, changes: createChanges() })
        ctx.onStart(keeper.start)
        const writeOn = async (from: number) => {
          for (let at = from; ; ) {
            for (let reading = 0; reading < READINGS_AT_ONCE; reading += 1) {
              for (let id = 1; id <= SERVERS; id += 1) ctx.hooks.published.call(publishedOf(id, at))
              at += MINUTE_MS
            }
            await keeper.flush()
            process.send?.({ acknowledged: at - MINUTE_MS })
          }
        }
        ctx.hooks.ready.tapPromise('history', async () => {
          await addServers(ctx.database)
          const stored = await createHourStore(ctx.database, columns).load()
          const last = stored.map(({ state }) => state.last_at + MINUTE_MS)
          void writeOn(Math.max(BEGIN, ...last))
        })
      },
    }),
  },
})

const [database = ''] = process.argv.slice(2)
const aggregator = await createAggregator({
  config: { database, listen: '127.0.0.1:0', log_level: 'silent' },
  plugins: [driver],
})
await aggregator.start()

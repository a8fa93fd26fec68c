import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createMigrationRegistry } from '../../packages/core/src/database/migration-registry.js'
import { openDatabase } from '../../packages/core/src/database/open-database.js'
import { upgrade } from '../../packages/core/src/database/upgrade.js'
import { systemMetrics } from '../../packages/core/src/system/metrics.js'
import { addToHour, beginHour } from '../../packages/plugin-history/src/aggregator/rollup/hour.js'
import { createHourStore } from '../../packages/plugin-history/src/aggregator/store/hour-store.js'
import { columnsOf } from '../../packages/plugin-history/src/columns.js'
import { addHistory, addHourlySamples } from '../../packages/plugin-history/src/migrations.js'
import { snapshotOf } from '../serving/snapshot.js'
import { callsOf } from './calls.js'

const AT_ONCE = 20

/** What it costs to write an hour of so many servers, each with eight cards. */
export async function upsertHours(servers: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mon-bench-'))
  const log = pino({ level: 'silent' })
  const database = await openDatabase({ file: join(folder, 'monitor.db'), log })
  const registry = createMigrationRegistry()
  for (const migration of [addHourlySamples, addHistory]) registry.add('history', migration)
  await upgrade(database, registry.list(), { log })
  await sql`INSERT INTO servers (id, name, base_url, enabled, created_at, updated_at)
    SELECT value, 'gpu-' || value, 'http://127.0.0.1:9', 0, 0, 0
    FROM json_each(${JSON.stringify(Array.from({ length: servers }, (_, n) => n + 1))})`.execute(
    database.query<unknown>(),
  )
  const columns = columnsOf(systemMetrics)
  const fields = new Map(columns.map(({ metric, field }) => [metric, field]))
  const store = createHourStore(database, columns)
  const hours = Array.from({ length: servers }, (_, n) => {
    const hour = beginHour(n + 1, 1_760_000_400)
    addToHour(hour, { latest: snapshotOf(n + 1, 1), at: 1_760_000_400_000, weight: 5 }, fields)
    return hour
  })
  const ended = hours.map(store.endedHour)
  const round = (ts: number) =>
    ended.map((hour) => ({ ...hour, ts, json: hour.json.replace('1760000400', String(ts)) }))
  let next = 1_760_000_400
  const statement = await callsOf(5, () => {
    next += 3600
    return store.write({ changed: [], ended: round(next) })
  })
  const whole = await callsOf(5, async () => {
    for (let from = 0; from < servers; from += AT_ONCE) {
      await store.write({ changed: hours.slice(from, from + AT_ONCE), ended: [] })
    }
  })
  await database.close()
  rmSync(folder, { recursive: true, force: true })
  return { statement_ms: statement.cpu_ms, whole_ms: whole.cpu_ms, main_ms: whole.main_ms }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { createAggregator } from '../../packages/core/src/create-host.js'
import { history } from '../../packages/plugin-history/src/index.js'

export const BEGIN = Date.UTC(2025, 0, 1) / 1000

/** An aggregator in this process, on a database of so many servers and hours. */
export interface FilledHistory {
  url: string
  file: string
  rows: number
  stop(): Promise<void>
}

/** A fifth of the servers have eight cards. */
export async function fillHistory(servers: number, hours: number): Promise<FilledHistory> {
  const folder = mkdtempSync(join(tmpdir(), 'mon-bench-'))
  const file = join(folder, 'monitor.db')
  const start = async () => {
    const config = {
      database: file,
      listen: '127.0.0.1:0',
      log_level: 'silent',
      plugins: { history: { retention_days: 36_500 } },
    }
    const aggregator = await createAggregator({ config, plugins: [history], env: {} })
    const { url } = await aggregator.start()
    return { url, stop: aggregator.stop }
  }
  await (await start()).stop()
  fill(file, servers, hours)
  const { url, stop } = await start()
  return {
    url,
    file,
    rows: servers * hours,
    async stop() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function fill(file: string, servers: number, hours: number): void {
  const database = new SQLite(file)
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -500000')
  const cards = JSON.stringify(
    Array.from({ length: 8 }, (_, index) => ({
      uuid: `GPU-5e3f9c1a-77d1-4c1f-${index}`,
      index,
      util_pct_avg: 51.25,
      util_pct_max: 100,
    })),
  )
  const count = (limit: number) =>
    `(WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c LIMIT ${limit}) SELECT n FROM c)`
  database.exec(`
    INSERT INTO servers (id, name, base_url, enabled, created_at, updated_at)
      SELECT n + 1, 'gpu-' || (n + 1), 'http://127.0.0.1:9/' || n, 0, 0, 0 FROM ${count(servers)}`)
  const insert = database.prepare(`
    INSERT INTO samples_hourly (server_id, ts, samples, cpu_pct_avg, cpu_pct_max, mem_pct_avg,
      mem_pct_max, disk_pct_avg, disk_pct_max, net_rx_bps_avg, net_tx_bps_avg, gpu_util_pct_avg,
      gpu_util_pct_max, gpu_mem_used_mb_avg, gpu_mem_used_mb_max, gpu_mem_total_mb, gpu_details)
    SELECT n + 1, ? , 720, abs(random() % 100000) / 1000.0, abs(random() % 1000) / 10.0, 41.3125,
      60.5, 50, 50.5, abs(random() % 100000000) / 8.0, 12345.75, 12.5, 99, 40960.5, 65536, 655360,
      CASE WHEN n % 5 = 0 THEN ? END
    FROM ${count(servers)}`)
  for (let hour = 0; hour < hours; hour += 240) {
    database.transaction(() => {
      for (let next = hour; next < Math.min(hours, hour + 240); next += 1) {
        insert.run(BEGIN + next * 3600, cards)
      }
    })()
  }
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

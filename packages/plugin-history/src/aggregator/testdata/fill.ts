import { sql } from 'kysely'
import type { HistoryHost } from './history-host.js'

/** Some values of each hour; unknown ones are left out. */
export interface FilledRow {
  server_id: number
  ts: number
  samples?: number
  [column: string]: number | string | null | undefined
}

/** Puts rows into the table as they are. */
export async function fill(host: HistoryHost, rows: readonly FilledRow[]): Promise<void> {
  for (const row of rows) {
    const entries = Object.entries({ samples: 720, ...row })
    await sql`INSERT INTO samples_hourly (${sql.join(entries.map(([name]) => sql.ref(name)))})
      VALUES (${sql.join(entries.map(([, value]) => value))})`.execute(host.db)
  }
}

/** `hours` rows of each of `servers` servers, made by the database itself. */
export async function fillMany(
  host: HistoryHost,
  { servers, hours, from }: { servers: number; hours: number; from: number },
): Promise<void> {
  const count = (limit: number) => sql`
    WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c LIMIT ${limit}) SELECT n FROM c`
  await sql`INSERT INTO servers (id, name, base_url, enabled, created_at, updated_at)
    SELECT n + 1, 'gpu-' || (n + 1), 'http://127.0.0.1:9/' || n, 0, 0, 0
    FROM (${count(servers)})`.execute(host.db)
  await sql`INSERT INTO samples_hourly (server_id, ts, samples, cpu_pct_avg, cpu_pct_max)
    SELECT server.n + 1, ${from} + hour.n * 3600, 720, (hour.n * 7 + server.n) % 1000 / 10.0,
      (hour.n * 13 + server.n * 7) % 1000 / 10.0
    FROM (${count(hours)}) AS hour CROSS JOIN (${count(servers)}) AS server`.execute(host.db)
}

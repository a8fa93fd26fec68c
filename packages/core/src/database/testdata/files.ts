import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { OpenDatabase } from '../database.js'
import { openDatabase } from '../open-database.js'

export const silent = pino({ level: 'silent' })

/** A path in a folder that goes when the test ends. */
export function tempFile(name = 'monitor.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'mon-database-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

/** The database, closed when the test ends. */
export async function openForTest(file = tempFile()): Promise<OpenDatabase> {
  const database = await openDatabase({ file, log: silent })
  onTestFinished(() => database.close())
  return database
}

/** Runs SQL on a file from outside, as another program would. */
export function runOutside(file: string, sql: string): void {
  const outside = new SQLite(file)
  try {
    outside.exec(sql)
  } finally {
    outside.close()
  }
}

/** All that the file holds, as text: its schema, and every row of every table. */
export function contentsOf(file: string): { schema: string[]; rows: Record<string, unknown[]> } {
  const outside = new SQLite(file)
  try {
    const schema = outside
      .prepare<[], { text: string }>(
        `SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') AS text
         FROM sqlite_master ORDER BY type, name`,
      )
      .all()
    const tables = outside
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
      .all()
    const rows = tables.map(({ name }) => [
      name,
      outside.prepare(`SELECT rowid AS _rowid, * FROM "${name}"`).all(),
    ])
    return { schema: schema.map(({ text }) => text), rows: Object.fromEntries(rows) }
  } finally {
    outside.close()
  }
}

/** A populated file of version 1.0. */
export function version1File(): string {
  const file = tempFile()
  runOutside(file, readFileSync(new URL('./schema-1.0.sql', import.meta.url), 'utf8'))
  runOutside(
    file,
    `INSERT INTO servers (id, name, base_url, enabled, created_at, updated_at) VALUES
       (1, 'gpu-01', 'http://10.0.0.11:7881', 1, 1700000000, 1700000100),
       (3, '训练-03', 'http://10.0.0.13:7881', 0, 1700000200, 1700000300),
       (7, 'gone', 'http://10.0.0.17:7881', 1, 1700000400, 1700000500);
     INSERT INTO samples_hourly (server_id, ts, cpu_pct_avg, gpu_util_pct_max, samples)
       SELECT id, 1700000000 + 3600 * hour, hour / 7.0, NULL, 720 FROM servers
       JOIN (WITH RECURSIVE h(hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM h LIMIT 50) SELECT * FROM h);
     DELETE FROM servers WHERE id = 7;
     DELETE FROM samples_hourly WHERE server_id = 7;`,
  )
  return file
}

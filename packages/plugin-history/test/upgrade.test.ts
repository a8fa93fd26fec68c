import { execFileSync } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const schema = join(root, 'packages/core/src/database/testdata/schema-1.0.sql')
const HOURS_OF_A_YEAR = 8760

/** A deployment as somebody has it, with the built `mon`, and its database. */
function deploy(fill: string): { file: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mon-upgrade-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(
    join(folder, 'aggregator.yaml'),
    `database: ./monitor.db\nplugins: { '@mon/plugin-gpu-nvidia': {}, '@mon/plugin-history': {} }\n`,
  )
  const file = join(folder, 'monitor.db')
  const database = new SQLite(file)
  database.exec(readFileSync(schema, 'utf8') + fill)
  database.close()
  return { file, folder }
}

function mon(folder: string, ...args: string[]): { status: number; output: string } {
  const bin = join(root, 'packages/core/bin/mon.mjs')
  try {
    const options = { cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const
    return { status: 0, output: execFileSync(process.execPath, [bin, ...args], options) }
  } catch (error) {
    const { status, stdout, stderr } = Object(error)
    return { status: Number(status), output: `${stdout}${stderr}` }
  }
}

/** Everything in it, as text. */
function contentsOf(file: string): string {
  const database = new SQLite(file)
  try {
    const tables = database
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all()
    const rows = tables.map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all())
    return JSON.stringify([tables, rows])
  } finally {
    database.close()
  }
}

const backupsOf = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('monitor.db.backup-'))

const year = `
  ALTER TABLE samples_hourly ADD COLUMN fan_rpm_max REAL;
  ALTER TABLE samples_hourly ADD COLUMN "operator's note" TEXT;
  ALTER TABLE servers ADD COLUMN rack TEXT;
  WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 5)
    INSERT INTO servers (id, name, base_url, created_at, updated_at, rack)
    SELECT n, 'gpu-' || n, 'http://10.0.0.' || n || ':7881', 1, 2, 'A' || n FROM c;
  WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c LIMIT ${HOURS_OF_A_YEAR})
    INSERT INTO samples_hourly (server_id, ts, cpu_pct_avg, cpu_pct_max, gpu_util_pct_max, samples,
      fan_rpm_max, "operator's note")
    SELECT servers.id, 1700000400 + c.n * 3600, c.n / 7.0,
      CASE WHEN c.n % 3 = 0 THEN NULL ELSE c.n / 3.0 END, NULL, 720, c.n,
      CASE WHEN c.n % 1000 = 0 THEN 'seen' END
    FROM c CROSS JOIN servers;`

it.each([
  ['of five servers and a year', year, 5 * HOURS_OF_A_YEAR],
  ['without a row', '', 0],
])(
  'A database of version 1.0 %s is backed up, upgraded with every row, and comes back as it was',
  (_, fill, rows) => {
    const { file, folder } = deploy(fill)
    const before = contentsOf(file)
    const columns = columnsOf(file)
    const oldRows = rowsOf(file, columns)
    expect(oldRows).toHaveLength(rows)

    expect(mon(folder, 'db', 'upgrade')).toMatchObject({ status: 0 })
    const [backup = ''] = backupsOf(folder)
    expect(contentsOf(join(folder, backup))).toBe(before)
    expect(rowsOf(file, columns)).toEqual(oldRows)
    expect(columnsOf(file)).toEqual(expect.arrayContaining(['gpu_details', 'gpu_temp_c_max']))
    expect(mon(folder, 'db', 'upgrade')).toMatchObject({ status: 0 })
    expect(backupsOf(folder)).toHaveLength(1)

    expect(mon(folder, 'db', 'rollback', '--to', '1.0')).toMatchObject({ status: 0 })
    expect(contentsOf(file)).toBe(before)
  },
  60_000,
)

it('A database that was cut off in the middle is refused, and not touched', () => {
  const { file, folder } = deploy(year)
  truncateSync(file, Math.floor(readFileSync(file).length / 2 / 4096) * 4096)
  const before = readFileSync(file)
  const { status, output } = mon(folder, 'db', 'upgrade')
  expect(status).toBe(1)
  expect(output).toMatch(/DATABASE_UNAVAILABLE|DATABASE_FAILED/)
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(backupsOf(folder)).toEqual([])
}, 60_000)

function columnsOf(file: string): string[] {
  const database = new SQLite(file)
  const columns = database
    .prepare<[], { name: string }>("SELECT name FROM pragma_table_info('samples_hourly')")
    .all()
  database.close()
  return columns.map(({ name }) => name)
}

function rowsOf(file: string, columns: readonly string[]): unknown[] {
  const database = new SQLite(file)
  const names = columns.map((name) => `"${name}"`)
  const rows = database.prepare(`SELECT ${names.join()} FROM samples_hourly ORDER BY id`).all()
  database.close()
  return rows
}

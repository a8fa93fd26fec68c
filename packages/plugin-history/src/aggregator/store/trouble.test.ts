import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type RawBuilder, sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { columnsOf } from '../../columns.js'
import { keepHours } from '../keep-hours.js'
import { startHistory } from '../testdata/history-host.js'
import { latestWith } from '../testdata/readings.js'
import { createBacklog } from './backlog.js'
import { createChanges } from './changes.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 2, 1) / 1000
const columns = columnsOf([
  { name: 'cpu_pct', unit: 'percent', label: { en: 'CPU', 'zh-CN': 'CPU' }, hourly: ['avg'] },
])

/** So much of them that a row does not fit into what room its page has left. */
const cards = Array.from({ length: 60 }, (_, index) => ({
  index,
  uuid: `GPU-${index}`,
  util_pct: 1,
}))

/** A history whose writing is in the hands of the test, beside the one that runs. */
async function startKeeper() {
  const host = await startHistory()
  const id = await host.addServer('gpu-01')
  const { ctx } = host
  const keeper = keepHours({
    ctx: { ...ctx, config: { retention_days: 1095 } },
    columns,
    changes: createChanges(),
  })
  return {
    ...host,
    keeper,
    read: (hour: number, cpu_pct = 50) =>
      ctx.hooks.published.call({
        server: {
          id,
          name: 'gpu-01',
          base_url: 'http://127.0.0.1:9',
          tags: [],
          enabled: true,
          poll_interval_s: null,
        },
        latest: latestWith({ cpu_pct, gpus: cards }),
        received_at: (BEGIN + hour * HOUR + 60) * 1000,
        interval_s: 5,
      }),
    health: async () => (await fetch(`${host.url}/healthz`)).json(),
    ask: async () => (await fetch(`${host.url}/api/history/hourly`)).json(),
  }
}

/** While something is in the way: nothing is lost, all else goes on, and it resumes by itself. */
async function expectPatience(
  host: Awaited<ReturnType<typeof startKeeper>>,
  { begin, end, words }: { begin(): unknown; end(): unknown; words: string },
): Promise<void> {
  host.read(0)
  await host.keeper.flush()
  await begin()
  for (const hour of [1, 2, 3, 4]) host.read(hour)
  await host.keeper.flush()
  const health = await host.health()
  expect(health.status).toBe('degraded')
  expect(health.checks.history).toMatchObject({
    ok: false,
    message: expect.stringMatching(
      new RegExp(`No history is written since 20.*${words}.*and 3 that are over`, 's'),
    ),
  })
  expect(await host.request('GET', '/api/servers')).toHaveLength(1)
  expect(await host.ask()).toHaveLength(1)
  await end()
  await host.keeper.flush()
  const rows = await host.rows()
  expect(rows.map(({ ts }) => (Number(ts) - BEGIN) / HOUR)).toEqual([0, 1, 2, 3, 4])
  await expect.poll(async () => (await host.health()).checks.history).toEqual({ ok: true })
}

describe('A database that', () => {
  it('is full keeps the hours in memory until there is room', async () => {
    const host = await startKeeper()
    await sql`CREATE TABLE ballast (bytes BLOB)`.execute(host.db)
    const isTaken = (statement: RawBuilder<unknown>) =>
      statement.execute(host.db).then(
        () => true,
        () => false,
      )
    const limit = (pages: number) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(host.db)
    await expectPatience(host, {
      begin: async () => {
        // The limit becomes the size it has: to SQLite the same as a disk without room.
        await limit(1)
        const fill = sql`INSERT INTO ballast SELECT zeroblob(500)`
        while (await isTaken(fill)) {}
      },
      end: () => limit(1_000_000),
      words: 'full',
    })
  })

  it('is locked by another program is written when that is done', async () => {
    const host = await startKeeper()
    const other = new SQLite(host.database)
    onTestFinished(() => void other.close())
    await expectPatience(host, {
      begin: () => other.exec('BEGIN IMMEDIATE'),
      end: () => other.exec('COMMIT'),
      words: 'locked',
    })
  }, 60_000)

  it.runIf(canBeMadeImmutable())('became read-only is written when it can be', async () => {
    const host = await startKeeper()
    const files = [host.database, `${host.database}-wal`]
    const change = (flag: string) => execFileSync('chattr', [flag, ...files])
    onTestFinished(() => void change('-i'))
    await expectPatience(host, {
      begin: () => change('+i'),
      end: () => change('-i'),
      words: 'cannot be used',
    })
  })
})

it('What waits in memory is bounded: the oldest hours are given up first, and counted', () => {
  const backlog = createBacklog(1000)
  const hour = (ts: number) => ({ server_id: 1, ts, json: 'x'.repeat(300) })
  for (const ts of [1, 2, 3, 4, 5]) backlog.add(hour(ts))
  expect(backlog.first(9).map(({ ts }) => ts)).toEqual([3, 4, 5])
  expect([backlog.size(), backlog.lost()]).toEqual([3, 2])
})

/** Root on Linux, on a file system that heeds the flag: then not even root can write. */
function canBeMadeImmutable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mon-immutable-'))
  const file = join(folder, 'file')
  writeFileSync(file, '')
  try {
    execFileSync('chattr', ['+i', file], { stdio: 'ignore' })
    execFileSync('chattr', ['-i', file], { stdio: 'ignore' })
    return process.getuid?.() === 0
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

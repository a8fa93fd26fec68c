import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

interface Row {
  server_id: number
  ts: number
  samples: number
  cpu_pct_avg: number
}

/** kill -9 at random moments in the midst of writes, and up again; nothing told may be missing. */
export async function killAndRestart(times: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mon-history-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'monitor.db')
  let acknowledged = 0
  for (let round = 0; round < times; round += 1) {
    const child = fork(here('./crash-child.ts'), [file], {
      execArgv: ['--conditions=@mon/source', '--import', here('../../../../../scripts/from-sources.mjs')],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    child.on('message', (message) => {
      acknowledged = Number(Object(message).acknowledged)
    })
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The child ended by itself (${code})`)
      }),
    ])
    await delay(Math.random() * 400)
    child.kill('SIGKILL')
    await once(child, 'close')
    expectWhole(file, acknowledged)
  }
}

function expectWhole(file: string, acknowledged: number): void {
  const database = new SQLite(file)
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    const rows = database
      .prepare<[], Row>('SELECT * FROM samples_hourly ORDER BY server_id, ts')
      .all()
    const servers = Map.groupBy(rows, ({ server_id }) => server_id)
    expect(servers.size).toBe(5)
    for (const hours of servers.values()) {
      const last = hours.at(-1)
      const end = (last?.ts ?? 0) * 1000 + ((last?.samples ?? 0) - 1) * 60_000
      expect(end).toBeGreaterThanOrEqual(acknowledged)
      // All hours before the last are whole, none is missing, and none is there twice.
      expect(hours.slice(0, -1).every(({ samples }) => samples === 60)).toBe(true)
      expect(hours.map(({ ts }) => ts)).toEqual(
        hours.map((_, place) => (hours[0]?.ts ?? 0) + place * 3600),
      )
      for (const { server_id, ts, cpu_pct_avg } of hours) {
        expect(cpu_pct_avg).toBe((ts / 3600 + server_id) % 100)
      }
    }
  } finally {
    database.close()
  }
}

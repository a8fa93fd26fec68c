import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { definePlugin, Type } from '@mon/core'
import { startTestAgent, startTestAggregator } from '@mon/core/testing'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { history } from '../index.js'
import { createChanges } from './store/changes.js'
import { createClockWatch, createRetention } from './store/retention.js'
import { fill } from './testdata/fill.js'
import { startHistory } from './testdata/history-host.js'

const fields = { fan_rpm: Type.Union([Type.Number(), Type.Null()]) }

/** A third party's plugin: it declares a metric, and knows of no history. */
const fans = definePlugin({
  id: 'fans',
  version: '1.0.0',
  api: '^1.0.0',
  agent: {
    load: async () => ({
      setup: (ctx) => ctx.collector({ fields, collect: () => ({ fan_rpm: 900 }) }),
    }),
  },
  aggregator: {
    fields,
    metrics: [
      {
        name: 'fan_rpm',
        unit: 'count',
        label: { en: 'Fan', 'zh-CN': '风扇' },
        hourly: ['avg', 'max', 'last'],
      },
    ],
  },
})

describe('The history', () => {
  it("keeps a third party's metric for its declaration alone, through restarts and when its plugin leaves", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mon-history-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const config = { database: join(folder, 'monitor.db') }
    const agent = await startTestAgent([fans])
    onTestFinished(agent.stop)

    const first = await startTestAggregator([history, fans], config)
    onTestFinished(first.stop)
    await first.request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })
    const isSeen = () => first.request('GET', '/api/servers/1')
    await expect.poll(isSeen, { timeout: 15_000 }).toMatchObject({ latest: { fan_rpm: 900 } })
    await first.stop()

    const second = await startTestAggregator([history, fans], config)
    const samples = async () => Object(await second.request('GET', '/api/history/hourly'))[0]
    expect(await samples()).toMatchObject({ fan_rpm_avg: 900, fan_rpm_max: 900, fan_rpm: 900 })
    await second.stop()

    const third = await startTestAggregator([history], config)
    onTestFinished(third.stop)
    expect(third.report.plugins.every(({ state }) => state === 'ready')).toBe(true)
    const [row] = Object(await third.request('GET', '/api/history/hourly?fields=fan_rpm_max'))
    expect(row).toEqual({ fan_rpm_max: 900 })
  }, 60_000)

  it('has no row of an hour in which a server was never read', async () => {
    const host = await startHistory()
    await host.request('POST', '/api/servers', { name: 'dead', base_url: 'http://127.0.0.1:9' })
    const state = () => host.request('GET', '/api/servers/1')
    await expect.poll(state, { timeout: 15_000 }).toMatchObject({ state: 'offline' })
    expect(await host.rows()).toEqual([])
  })

  it('describes its API', async () => {
    const host = await startHistory()
    const document = await (await fetch(`${host.url}/openapi.json`)).json()
    const hourly = document.paths['/api/history/hourly'].get
    expect(hourly.parameters.map(({ name }: { name: string }) => name)).toContain('server_id')
    expect(JSON.stringify(hourly.responses['200'])).toContain('cpu_pct_avg')
    expect(document.paths).toHaveProperty('/api/history/hourly.csv')
    expect(document.paths).toHaveProperty('/api/history/series')
  })
})

describe('What is too old', () => {
  it('is deleted in steps, and only that; its room is given back', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    const now = Date.UTC(2026, 2, 1, 10, 30)
    const hour = now / 1000 - 1800
    const limit = hour - 10 * 86_400
    await fill(
      host,
      [limit - 3600, limit, hour].map((ts) => ({ server_id: 1, ts })),
    )
    const times = JSON.stringify(Array.from({ length: 1200 }, (_, n) => n + 1))
    await sql`INSERT INTO samples_hourly (server_id, ts, samples, gpu_details)
      SELECT 1, value, 720, printf('%2000c', 'x') FROM json_each(${times})`.execute(host.db)
    const pages = async () => {
      const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(host.db)
      return rows[0]?.page_count ?? 0
    }
    const before = await pages()
    const retention = createRetention({
      database: host.ctx.database,
      retention_days: 10,
      changes: createChanges(),
      log: host.ctx.log,
    })
    expect(await retention.prune(now)).toBe(1201)
    expect((await host.rows()).map(({ ts }) => ts)).toEqual([limit, hour])
    expect(await pages()).toBeLessThan(before / 2)
    expect(await retention.prune(now)).toBe(0)
  })

  it('stays for an hour after the clock was set: it may be wrong', () => {
    const isTrusted = createClockWatch()
    const hour = 3_600_000
    expect(isTrusted(1e12, 0)).toBe(false)
    expect(isTrusted(1e12 + hour, hour)).toBe(true)
    expect(isTrusted(4e12, 2 * hour)).toBe(false)
    expect(isTrusted(4e12 + hour, 3 * hour)).toBe(true)
    expect(isTrusted(4e12 + hour * 1.5 + 5000, 3.5 * hour)).toBe(true)
  })
})

it('An answer over hours that have not changed is known to be right still', () => {
  const changes = createChanges()
  const before = changes.stamp(0, 100)
  changes.note(100, 200)
  expect(changes.stamp(0, 100)).toBe(before)
  expect(changes.stamp(0, 101)).not.toBe(before)
  for (let n = 2; n < 200; n += 1) changes.note(n * 100, n * 100 + 100)
  expect(changes.stamp(0, 100)).toBe(before)
  changes.note(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  expect(changes.stamp(0, 100)).not.toBe(before)
})

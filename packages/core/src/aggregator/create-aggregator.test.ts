import { mkdtemp, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type TProperties, Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { definePlugin } from '../define-plugin.js'
import type { Collector } from '../snapshot/collect.js'
import { startTestAgent, type TestAgent } from '../testing/test-agent.js'
import { startTestAggregator, type TestAggregator } from '../testing/test-aggregator.js'
import { createAggregator } from './create-aggregator.js'

const undos: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo()
})

async function agentWith(...args: Parameters<typeof startTestAgent>): Promise<TestAgent> {
  const agent = await startTestAgent(...args)
  undos.push(agent.stop)
  return agent
}

async function aggregatorWith(
  ...args: Parameters<typeof startTestAggregator>
): Promise<TestAggregator> {
  const aggregator = await startTestAggregator(...args)
  undos.push(aggregator.stop)
  return aggregator
}

const add = (aggregator: TestAggregator, agent: TestAgent) =>
  aggregator.request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })

const server = (aggregator: TestAggregator) => () => aggregator.request('GET', '/api/servers/1')

const fans = { fan_rpm: Type.Union([Type.Number(), Type.Null()]) }

/** The agent's side of a plugin with one collector. */
function collecting<Fields extends TProperties>(
  fields: Fields,
  collect: Collector<Fields>['collect'],
) {
  return definePlugin({
    id: 'fans',
    version: '1.0.0',
    api: '^1.0.0',
    agent: { load: async () => ({ setup: (ctx) => ctx.collector({ fields, collect }) }) },
  })
}

describe('an aggregator', () => {
  it('shows a server it was told of, with its true figures', async () => {
    const agent = await agentWith()
    const aggregator = await aggregatorWith()
    await add(aggregator, agent)
    await expect.poll(server(aggregator), { timeout: 10_000 }).toMatchObject({
      id: 1,
      name: 'gpu-01',
      state: 'online',
      last_seen: expect.any(Number),
      last_error: null,
      latest: { mem_total_mb: expect.any(Number), collectors: { system: { ok: true } } },
    })
  })

  it('calls a server offline after three missed polls, keeps what it last said, and sees it come back', async () => {
    const agent = await agentWith()
    const aggregator = await aggregatorWith()
    await add(aggregator, agent)
    await expect.poll(server(aggregator), { timeout: 10_000 }).toMatchObject({ state: 'online' })
    await agent.stop()
    await expect.poll(server(aggregator), { timeout: 15_000 }).toMatchObject({
      state: 'offline',
      last_error: { code: 'AGENT_UNREACHABLE', hint: expect.any(String) },
      latest: { hostname: expect.any(String) },
    })
    await agentWith([], { listen: new URL(agent.url).host })
    await expect
      .poll(server(aggregator), { timeout: 15_000 })
      .toMatchObject({ state: 'online', last_error: null })
  })

  it('calls a server degraded while one of its collectors fails', async () => {
    const agent = await agentWith([
      collecting(fans, () => {
        throw new Error('no sensor')
      }),
    ])
    const aggregator = await aggregatorWith()
    await add(aggregator, agent)
    await expect.poll(server(aggregator), { timeout: 10_000 }).toMatchObject({
      state: 'degraded',
      latest: {
        collectors: { fans: { ok: false, code: 'COLLECTOR_FAILED', message: 'no sensor' } },
      },
    })
  })

  it('lets plugins derive fields, hear what is published, and drops fields nobody declared', async () => {
    const heard: unknown[] = []
    const undeclared = { undeclared: Type.Number() }
    const agent = await agentWith([
      collecting({ ...fans, ...undeclared }, () => ({ fan_rpm: 900, undeclared: 1 })),
    ])
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'fans',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          fields: fans,
          load: async () => ({
            setup(ctx) {
              ctx.hooks.derive.tap('fans', (latest) => ({
                ...latest,
                fan_hz: typeof latest.fan_rpm === 'number' ? latest.fan_rpm / 60 : null,
              }))
              ctx.hooks.published.tap('fans', ({ latest }) => void heard.push(latest.fan_hz))
              ctx.hooks.published.tap('fans', () => {
                throw new Error('a listener that fails')
              })
            },
          }),
        },
      }),
    ])
    await add(aggregator, agent)
    await expect
      .poll(server(aggregator), { timeout: 10_000 })
      .toMatchObject({ state: 'online', latest: { fan_rpm: 900, fan_hz: 15 } })
    expect(await server(aggregator)()).not.toHaveProperty('latest.undeclared')
    expect(heard).toContain(15)
  })

  it('polls on while a listener of what is published is still busy with the first answer', async () => {
    const published: number[] = []
    const agent = await agentWith()
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'slow',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          load: async () => ({
            setup(ctx) {
              ctx.hooks.published.tap('slow', ({ received_at }) => {
                published.push(received_at)
                return new Promise<never>(() => undefined)
              })
            },
          }),
        },
      }),
    ])
    await add(aggregator, agent)
    await expect.poll(() => published.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
  })

  it('keeps what it knows of a server that is renamed, and forgets it for another address', async () => {
    const agent = await agentWith()
    const aggregator = await aggregatorWith()
    await add(aggregator, agent)
    await expect.poll(server(aggregator), { timeout: 10_000 }).toMatchObject({ state: 'online' })
    expect(await aggregator.request('PUT', '/api/servers/1', { name: 'gpu-1' })).toMatchObject({
      name: 'gpu-1',
      state: 'online',
      latest: { hostname: expect.any(String) },
    })
    const moved = { base_url: 'http://127.0.0.1:9' }
    expect(await aggregator.request('PUT', '/api/servers/1', moved)).toMatchObject({
      state: 'unknown',
      latest: null,
    })
  })

  it('knows its servers again after a restart', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mon-'))
    const database = join(directory, 'deep', 'monitor.db')
    const start = () => aggregatorWith([], { database })
    const first = await start()
    await first.request('POST', '/api/servers', {
      name: 'gpu-01',
      base_url: 'http://127.0.0.1:9',
      tags: ['H100'],
      token: 's3cret',
      enabled: false,
    })
    await first.stop()
    const second = await start()
    expect(await second.request('GET', '/api/servers')).toMatchObject([
      { id: 1, name: 'gpu-01', tags: ['H100'], enabled: false, state: 'disabled' },
    ])
    expect(JSON.stringify(await second.request('GET', '/api/servers'))).not.toContain('s3cret')
  })

  it.skipIf(process.platform === 'win32')('keeps its database to its owner', async () => {
    const aggregator = await aggregatorWith()
    const directory = join(aggregator.database, '..')
    for (const file of await readdir(directory)) {
      expect((await stat(join(directory, file))).mode & 0o077).toBe(0)
    }
  })

  it('goes on without a plugin whose migration fails', async () => {
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'bad',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          migrations: [
            { id: '001', version: '1.1', up: ['CREATE TABLE t (a)', 'NOT SQL'], down: [] },
          ],
        },
      }),
    ])
    expect(aggregator.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      { id: 'bad', state: 'failed', errors: [{ code: 'MIGRATION_FAILED' }] },
    ])
    expect(await aggregator.request('GET', '/api/servers')).toEqual([])
  })

  it('shows no widget, and runs no migration, of a plugin that failed', async () => {
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'bad',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          migrations: [{ id: '001', version: '1.1', up: ['CREATE TABLE bad (a)'], down: [] }],
          widgets: ['bad-line', 'another'].map((tag) => ({
            tag,
            slot: 'overview.card',
            module: new URL('file:///line.js'),
            title: { en: 'Bad', 'zh-CN': '坏' },
          })),
        },
      }),
    ])
    expect(aggregator.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      { id: 'bad', state: 'failed', errors: [{ code: 'WIDGET_INVALID' }] },
    ])
    expect(await aggregator.request('GET', '/api/widgets')).toEqual([])
    const database = new Sqlite(aggregator.database, { readonly: true })
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE name = 'bad'").all()
    database.close()
    expect(tables).toEqual([])
  })

  it('does not run a plugin that says something in one language only', async () => {
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'half',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          widgets: [
            {
              tag: 'half-line',
              slot: 'overview.card',
              module: new URL('file:///line.js'),
              title: { en: 'Half', 'zh-CN': '一半' },
              messages: { 'zh-CN': { title: '一半' }, en: {} },
            },
          ],
        },
      }),
    ])
    expect(aggregator.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      {
        id: 'half',
        state: 'failed',
        errors: [{ code: 'WIDGET_INVALID', message: expect.stringContaining('missing in en') }],
      },
    ])
  })

  it('goes on without a plugin of whose fields one cannot be checked, and names both', async () => {
    const agent = await agentWith()
    const aggregator = await aggregatorWith([
      definePlugin({
        id: 'bad',
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: { fields: { fan_name: Type.String({ pattern: '(' }) } },
      }),
    ])
    expect(aggregator.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      {
        id: 'bad',
        state: 'failed',
        errors: [
          {
            code: 'PLUGIN_FAILED',
            message: expect.stringMatching(
              /^Plugin "bad": declare fields failed: the schema of the field "fan_name" cannot be compiled: /,
            ),
          },
        ],
      },
    ])
    await add(aggregator, agent)
    await expect.poll(server(aggregator), { timeout: 10_000 }).toMatchObject({ state: 'online' })
  })

  it('refuses to start with two plugins that declare the same metric, where it is told to abort', async () => {
    const measuring = (id: string) =>
      definePlugin({
        id,
        version: '1.0.0',
        api: '^1.0.0',
        aggregator: {
          metrics: [
            {
              name: 'fan_rpm',
              unit: 'count',
              label: { en: 'Fan', 'zh-CN': '风扇' },
              hourly: ['avg'],
            },
          ],
        },
      })
    const aggregator = await createAggregator({
      config: {
        listen: '127.0.0.1:0',
        log_level: 'silent',
        on_plugin_failure: 'abort',
        database: join(await mkdtemp(join(tmpdir(), 'mon-')), 'monitor.db'),
      },
      plugins: [measuring('a'), measuring('b')],
      env: {},
    })
    await expect(aggregator.start()).rejects.toMatchObject({
      code: 'METRIC_INVALID',
      message: 'Plugin "b": the metric "fan_rpm" needs "fan_rpm", which plugin "a" has declared.',
    })
  })
})

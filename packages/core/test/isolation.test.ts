import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AgentContext,
  type AggregatorContext,
  createAgent,
  createAggregator,
  definePlugin,
  type Plugin,
  type PluginModule,
  type StartReport,
} from '../src/index.js'
import type { HealthReport } from '../src/plugin/health.js'
import { startTestAgent, type TestAgent } from '../src/testing/index.js'

const BLOCK_MS = 300

const fail = () => {
  throw new Error('misbehaving')
}
const hang = () => new Promise<never>(() => undefined)
const block = () => {
  const end = performance.now() + BLOCK_MS
  while (performance.now() < end);
}
/** What no compiler lets through, and plugins in JavaScript return. */
const rubbish = () => JSON.parse('5')

const blockAndAnswer = () => {
  block()
  return { bad: 1 }
}

const blockAndHandOn = <Value>(value: Value): Value => {
  block()
  return value
}

type Common = AgentContext | AggregatorContext

/** What a plugin can do wrong on either side. */
const misdeeds: Record<string, (ctx: Common) => void> = {
  'throws in set up': fail,
  'hangs in set up': hang,
  'blocks the loop in set up': block,
  'throws in start': (ctx) => ctx.onStart(fail),
  'hangs in start': (ctx) => ctx.onStart(hang),
  'blocks the loop in start': (ctx) => ctx.onStart(block),
  'throws when all is ready': (ctx) => ctx.hooks.ready.tapPromise('bad', async () => fail()),
  'hangs when all is ready': (ctx) => ctx.hooks.ready.tapPromise('bad', hang),
  'blocks the loop when all is ready': (ctx) => ctx.hooks.ready.tap('bad', block),
  'throws in its routes': (ctx) => ctx.routes(async () => fail()),
  'hangs in its routes': (ctx) => ctx.routes(hang),
  'makes rubbish of its health': (ctx) =>
    ctx.hooks.health.tap('bad', (report) => void Object.assign(report.checks, { bad: 5 })),
  'throws when its health is asked for': (ctx) => ctx.hooks.health.tap('bad', fail),
  'throws when it is told of its own failure': (ctx) => {
    ctx.hooks.failure.tap('bad', fail)
    ctx.hooks.ready.tap('bad', fail)
  },
  'throws in stop': (ctx) => ctx.onStop(fail),
  'hangs in stop': (ctx) => ctx.onStop(hang),
  'leaves a timer behind': (ctx) =>
    ctx.onStart(() => void setInterval(() => undefined, 10).unref()),
}

const agentMisdeeds: Record<string, (ctx: AgentContext) => void> = {
  ...misdeeds,
  'throws in its collector': (ctx) => ctx.collector({ fields: badField, collect: fail }),
  'hangs in its collector': (ctx) => ctx.collector({ fields: badField, collect: hang }),
  'blocks the loop in its collector': (ctx) =>
    ctx.collector({ fields: badField, collect: blockAndAnswer }),
  'claims a field of another': (ctx) =>
    ctx.collector({ fields: { cpu_pct: Type.Number() }, collect: () => ({ cpu_pct: 1 }) }),
  'returns rubbish from its collector': (ctx) =>
    ctx.collector({ fields: badField, collect: rubbish }),
  'throws when a snapshot is served': (ctx) => ctx.hooks.snapshot.tap('bad', fail),
  'makes rubbish of a snapshot': (ctx) => ctx.hooks.snapshot.tap('bad', rubbish),
  'blocks the loop when a snapshot is served': (ctx) =>
    ctx.hooks.snapshot.tap('bad', blockAndHandOn),
}

const aggregatorMisdeeds: Record<string, (ctx: AggregatorContext) => void> = {
  ...misdeeds,
  'throws when its metrics are gathered': (ctx) => ctx.hooks.metrics.tap('bad', fail),
  'throws when its migrations are gathered': (ctx) => ctx.hooks.migrations.tap('bad', fail),
  'throws when its widgets are gathered': (ctx) => ctx.hooks.widgets.tap('bad', fail),
  'throws when a snapshot is derived': (ctx) => ctx.hooks.derive.tap('bad', fail),
  'makes rubbish of what is derived': (ctx) => ctx.hooks.derive.tap('bad', rubbish),
  'blocks the loop when a snapshot is derived': (ctx) =>
    ctx.hooks.derive.tap('bad', blockAndHandOn),
  'throws when a snapshot is published': (ctx) => ctx.hooks.published.tap('bad', fail),
  'rejects when a snapshot is published': (ctx) =>
    ctx.hooks.published.tap('bad', async () => fail()),
  'never ends when a snapshot is published': (ctx) => ctx.hooks.published.tap('bad', hang),
  'blocks the loop when a snapshot is published': (ctx) => ctx.hooks.published.tap('bad', block),
  'throws when a server is online': (ctx) => ctx.hooks.state.tap('bad', fail),
  'throws when a server is added': (ctx) => ctx.hooks.server.tapPromise('bad', async () => fail()),
  'hangs when a server is added': (ctx) => ctx.hooks.server.tapPromise('bad', hang),
}

const badField = { bad: Type.Union([Type.Number(), Type.Null()]) }

/** Nobody can see what these have done. */
const unseen = ['leaves a timer behind', 'never ends']

type Load = () => Promise<PluginModule<AgentContext & AggregatorContext>>

/** Each misdeed with how the plugin that commits it is loaded. */
function deedsOf(
  setUps: Record<string, (ctx: AgentContext & AggregatorContext) => void>,
): [string, Load][] {
  return [
    ['throws when it is loaded', async () => fail()],
    ['hangs when it is loaded', hang],
    ...Object.entries(setUps).map(([deed, setup]): [string, Load] => [
      deed,
      async () => ({ setup }),
    ]),
  ]
}

function plugin(id: string, side: 'agent' | 'aggregator', load: Load): Plugin {
  return definePlugin({ id, version: '1.0.0', api: '^1.0.0', [side]: { load } })
}

/** Hears which plugin is named for a failure, and owns a field of its own. */
function witness(side: 'agent' | 'aggregator', named: Set<string>): Plugin {
  return plugin('good', side, async () => ({
    setup(ctx) {
      ctx.hooks.failure.tap('good', (failure) => void named.add(failure.plugin))
      if (side === 'agent') {
        ctx.collector({ fields: { good: Type.Number() }, collect: () => ({ good: 1 }) })
      }
    },
  }))
}

function noteReport(report: StartReport, named: Set<string>): void {
  for (const { id, state } of report.plugins) if (state !== 'ready') named.add(id)
  expect(report.plugins).toContainEqual(expect.objectContaining({ id: 'good', state: 'ready' }))
}

/** A plugin that blocks the loop is told by what it costs. */
async function noteHealth(report: StartReport, named: Set<string>): Promise<void> {
  const response = await fetch(`${report.url}/healthz`)
  expect(response.status).toBe(200)
  const { plugins, checks }: HealthReport = await response.json()
  const bad = plugins.find(({ id }) => id === 'bad')
  const costs = [bad?.ms ?? 0, ...(bad?.taps ?? []).map(({ max_ms }) => max_ms)]
  if (Math.max(...costs) >= BLOCK_MS * 0.9 || checks.bad?.ok === false) named.add('bad')
}

function expectNamed(deed: string, named: ReadonlySet<string>): void {
  if (!unseen.some((word) => deed.startsWith(word))) expect([...named]).toEqual(['bad'])
}

const settings = {
  listen: '127.0.0.1:0',
  log_level: 'silent',
  plugin_timeout_s: 1,
  poll_interval_s: 1,
}

describe('an agent with a plugin that', () => {
  const { poll_interval_s: _, ...config } = settings

  it.concurrent.for(deedsOf(agentMisdeeds))(
    '%s goes on, names it, and starts again',
    async ([deed, load], { expect }) => {
      const named = new Set<string>()
      const agent = await createAgent({
        config,
        plugins: [plugin('bad', 'agent', load), witness('agent', named)],
        env: {},
      })
      for (const _ of ['once', 'again']) {
        named.clear()
        const report = await agent.start()
        noteReport(report, named)
        const snapshot = await (await fetch(`${report.url}/v1/snapshot`)).json()
        expect(snapshot).toMatchObject({
          good: 1,
          cpu_count: expect.any(Number),
          collectors: { good: { ok: true }, system: { ok: true } },
        })
        if (JSON.stringify(snapshot).includes('"bad":{"ok":false')) named.add('bad')
        await noteHealth(report, named)
        await agent.stop()
        expectNamed(deed, named)
      }
    },
  )
})

describe('an aggregator with a plugin that', () => {
  let polled: TestAgent
  beforeAll(async () => {
    polled = await startTestAgent()
  })
  afterAll(() => polled.stop())

  it.concurrent.for(deedsOf(aggregatorMisdeeds))(
    '%s goes on, names it, and starts again',
    async ([deed, load], { expect }) => {
      const named = new Set<string>()
      const directory = await mkdtemp(join(tmpdir(), 'mon-isolation-'))
      const aggregator = await createAggregator({
        config: { ...settings, database: join(directory, 'monitor.db') },
        plugins: [plugin('bad', 'aggregator', load), witness('aggregator', named)],
        env: {},
      })
      for (const name of ['once', 'again']) {
        named.clear()
        const report = await aggregator.start()
        noteReport(report, named)
        const servers = `${report.url}/api/servers`
        const added = await fetch(servers, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, base_url: polled.url }),
        })
        expect(added.status).toBe(201)
        const { id } = await added.json()
        await expect
          .poll(async () => (await fetch(`${servers}/${id}`)).json(), { timeout: 10_000 })
          .toMatchObject({ state: 'online', latest: { collectors: { system: { ok: true } } } })
        await noteHealth(report, named)
        await aggregator.stop()
        expectNamed(deed, named)
      }
      await rm(directory, { recursive: true })
    },
  )
})

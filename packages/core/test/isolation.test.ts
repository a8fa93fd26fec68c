import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
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

const fail = () => {
  throw new Error('misbehaving')
}
const hang = () => new Promise<never>(() => undefined)
const block = () => {
  const end = performance.now() + 300
  while (performance.now() < end);
}

const blockAndAnswer = () => {
  block()
  return { bad: 1 }
}

type Common = AgentContext | AggregatorContext

/** What a plugin can do wrong on either side. */
const misdeeds: Record<string, (ctx: Common) => void> = {
  'throws in set up': fail,
  'throws in start': (ctx) => ctx.onStart(fail),
  'hangs in start': (ctx) => ctx.onStart(hang),
  'throws when all is ready': (ctx) => ctx.hooks.ready.tapPromise('bad', async () => fail()),
  'hangs when all is ready': (ctx) => ctx.hooks.ready.tapPromise('bad', hang),
  'blocks the loop when all is ready': (ctx) => ctx.hooks.ready.tap('bad', block),
  'throws in its routes': (ctx) => ctx.routes(async () => fail()),
  'hangs in its routes': (ctx) => ctx.routes(hang),
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
  'throws when a snapshot is served': (ctx) => ctx.hooks.snapshot.tap('bad', fail),
}

const badField = { bad: Type.Union([Type.Number(), Type.Null()]) }

/** These leave the plugin as it is: nobody can see what they have done, or it is done with. */
const unseen = ['leaves a timer behind', 'blocks the loop', 'throws in stop', 'hangs in stop']

function plugin(
  id: string,
  side: 'agent' | 'aggregator',
  setup: PluginModule<AgentContext & AggregatorContext>['setup'],
): Plugin {
  const load = async () => ({ setup })
  return definePlugin({ id, version: '1.0.0', api: '^1.0.0', [side]: { load } })
}

/** Hears which plugin is named for a failure, and owns a field of its own. */
function witness(side: 'agent' | 'aggregator', named: Set<string>): Plugin {
  return plugin('good', side, (ctx) => {
    ctx.hooks.failure.tap('good', (failure) => void named.add(failure.plugin))
    if (side === 'agent') {
      ctx.collector({ fields: { good: Type.Number() }, collect: () => ({ good: 1 }) })
    }
  })
}

function noteReport(report: StartReport, named: Set<string>): void {
  for (const { id, state } of report.plugins) if (state !== 'ready') named.add(id)
}

const settings = { listen: '127.0.0.1:0', log_level: 'silent', plugin_timeout_s: 1 }

describe('an agent with a plugin that', () => {
  it.concurrent.each(Object.entries(agentMisdeeds))(
    '%s goes on, names it, and starts again',
    async (deed, setup) => {
      const named = new Set<string>()
      const agent = await createAgent({
        config: settings,
        plugins: [plugin('bad', 'agent', setup), witness('agent', named)],
        env: {},
      })
      for (const _ of ['once', 'again']) {
        named.clear()
        const report = await agent.start()
        noteReport(report, named)
        expect(report.plugins).toContainEqual(
          expect.objectContaining({ id: 'good', state: 'ready' }),
        )
        const snapshot = await (await fetch(`${report.url}/v1/snapshot`)).json()
        expect(snapshot).toMatchObject({
          good: 1,
          cpu_count: expect.any(Number),
          collectors: { good: { ok: true }, system: { ok: true } },
        })
        if (JSON.stringify(snapshot).includes('"bad":{"ok":false')) named.add('bad')
        expect((await fetch(`${report.url}/healthz`)).status).toBe(200)
        if (!unseen.some((word) => deed.startsWith(word))) expect([...named]).toEqual(['bad'])
        await agent.stop()
      }
    },
  )
})

describe('an aggregator with a plugin that', () => {
  it.concurrent.each(Object.entries(misdeeds))(
    '%s goes on, names it, and starts again',
    async (deed, setup) => {
      const named = new Set<string>()
      const directory = await mkdtemp(join(tmpdir(), 'mon-isolation-'))
      const aggregator = await createAggregator({
        config: { ...settings, database: join(directory, 'monitor.db') },
        plugins: [plugin('bad', 'aggregator', setup), witness('aggregator', named)],
        env: {},
      })
      for (const _ of ['once', 'again']) {
        named.clear()
        const report = await aggregator.start()
        noteReport(report, named)
        expect(report.plugins).toContainEqual(
          expect.objectContaining({ id: 'good', state: 'ready' }),
        )
        expect((await fetch(`${report.url}/api/servers`)).status).toBe(200)
        expect((await fetch(`${report.url}/healthz`)).status).toBe(200)
        if (!unseen.some((word) => deed.startsWith(word))) expect([...named]).toEqual(['bad'])
        await aggregator.stop()
      }
      await rm(directory, { recursive: true })
    },
  )
})

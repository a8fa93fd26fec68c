import { type TProperties, Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { definePlugin } from '../define-plugin.js'
import type { RoutePlugin } from '../plugin/routes.js'
import type { Collector } from '../snapshot/collect.js'
import { startTestAgent, type TestAgent } from '../testing/test-agent.js'
import { createAgent } from './create-agent.js'

let agent: TestAgent | undefined

afterEach(async () => {
  await agent?.stop()
  agent = undefined
})

/** A plugin with one collector. */
function collecting<Fields extends TProperties>(id: string, collector: Collector<Fields>) {
  return definePlugin({
    id,
    version: '1.0.0',
    api: '^1.0.0',
    agent: { load: async () => ({ setup: (ctx) => ctx.collector(collector) }) },
  })
}

const never = () => new Promise<never>(() => undefined)
const fans = { fan_rpm: Type.Union([Type.Number(), Type.Null()]) }

describe('an agent', () => {
  it('answers with the true state of this machine', async () => {
    agent = await startTestAgent()
    const snapshot = await agent.snapshot()
    expect(snapshot).toMatchObject({
      ts: expect.any(Number),
      hostname: expect.any(String),
      mem_total_mb: expect.any(Number),
      gpus: null,
      collectors: { system: { ok: true } },
    })
  })

  it('answers with all other fields right when a collector throws and another hangs', async () => {
    agent = await startTestAgent([
      collecting('broken', {
        fields: { voltage: Type.Union([Type.Number(), Type.Null()]) },
        collect: () => {
          throw new Error('no sensor')
        },
      }),
      collecting('stuck', {
        fields: { humidity: Type.Union([Type.Number(), Type.Null()]) },
        collect: never,
      }),
      collecting('fans', { fields: fans, collect: () => ({ fan_rpm: 900 }) }),
    ])
    const response = await fetch(`${agent.url}/v1/snapshot`)
    expect(await response.json()).toMatchObject({
      mem_total_mb: expect.any(Number),
      fan_rpm: 900,
      voltage: null,
      humidity: null,
      collectors: {
        system: { ok: true },
        fans: { ok: true },
        broken: { ok: false, code: 'COLLECTOR_FAILED', message: 'no sensor', age_s: null },
        stuck: { ok: false, code: 'COLLECTOR_TIMEOUT', age_s: null },
      },
    })
  })

  it('serves nulls, with the reason, for values of the wrong type', async () => {
    const rubbish: unknown = JSON.parse('{"fan_rpm":"fast"}')
    agent = await startTestAgent([
      collecting('fans', {
        fields: { fan_rpm: Type.Unsafe<unknown>(fans.fan_rpm) },
        collect: () => Object(rubbish),
      }),
    ])
    expect(await agent.snapshot()).toMatchObject({
      fan_rpm: null,
      collectors: {
        fans: { ok: false, code: 'COLLECTOR_INVALID', message: expect.stringContaining('fan_rpm') },
      },
    })
  })

  it('starts without a plugin that claims a field of another', async () => {
    agent = await startTestAgent([
      collecting('fans', { fields: fans, collect: () => ({ fan_rpm: 1 }) }),
      collecting('more-fans', { fields: fans, collect: () => ({ fan_rpm: 2 }) }),
    ])
    expect(agent.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      { id: 'fans', state: 'ready' },
      { id: 'more-fans', state: 'failed', errors: [{ code: 'FIELD_CLAIMED' }] },
    ])
    expect((await agent.snapshot()).fan_rpm).toBe(1)
  })

  it.each([
    ['a pattern that is none', Type.String({ pattern: '(' })],
    ['a keyword that nobody knows', Type.Number({ minimun: 0 })],
    ['a type that nobody knows', Type.Unsafe<number>({ type: 'nummer' })],
  ])('starts without a plugin whose field has %s, and names both', async (_, schema) => {
    agent = await startTestAgent([
      collecting('bad', { fields: { fan_rpm: schema }, collect: () => ({ fan_rpm: 900 }) }),
    ])
    expect(agent.report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      {
        id: 'bad',
        state: 'failed',
        errors: [
          {
            code: 'PLUGIN_FAILED',
            message: expect.stringMatching(
              /^Plugin "bad": set up failed: the schema of the field "fan_rpm" cannot be compiled: /,
            ),
          },
        ],
      },
    ])
    expect(await agent.snapshot()).toMatchObject({ collectors: { system: { ok: true } } })
  })

  it('serves a plugin’s routes below its own prefix, and the others’ when one throws', async () => {
    const serving = (id: string, isBroken: boolean) =>
      definePlugin({
        id,
        version: '1.0.0',
        api: '^1.0.0',
        agent: {
          load: async () => ({
            setup(ctx) {
              ctx.routes(async (app) => {
                if (isBroken) throw new Error('no routes today')
                app.get('/hello', () => ({ hello: id }))
              })
            },
          }),
        },
      })
    agent = await startTestAgent([serving('bad', true), serving('good', false)])
    const response = await fetch(`${agent.url}/v1/plugins/good/hello`)
    expect(await response.json()).toEqual({ hello: 'good' })
    const health = await (await fetch(`${agent.url}/healthz`)).json()
    expect(health).toMatchObject({
      status: 'degraded',
      plugins: [
        { id: 'system', state: 'ready' },
        {
          id: 'bad',
          state: 'degraded',
          errors: [{ message: expect.stringContaining('no routes today') }],
        },
        { id: 'good', state: 'ready' },
      ],
    })
  })

  it('goes on without a plugin whose setup is asynchronous and fails', async () => {
    agent = await startTestAgent([
      definePlugin({
        id: 'late',
        version: '1.0.0',
        api: '^1.0.0',
        agent: {
          load: async () => ({
            setup: async () => {
              throw new Error('no device')
            },
          }),
        },
      }),
    ])
    expect(agent.report.plugins[1]).toMatchObject({
      id: 'late',
      state: 'failed',
      errors: [{ message: 'Plugin "late": set up failed: no device' }],
    })
  })

  it.each<[string, RoutePlugin]>([
    [
      'throws in a nested plugin',
      async (app) => void app.register(async () => Promise.reject(new Error('no'))),
    ],
    [
      'has a schema that does not compile',
      async (app) => void app.get('/x', { schema: { querystring: { type: 'nothing' } } }, () => 1),
    ],
    [
      'fails when all is ready',
      async (app) => void app.addHook('onReady', async () => Promise.reject(new Error('no'))),
    ],
  ])('goes on without the routes of a plugin that %s', async (_, register) => {
    agent = await startTestAgent([
      definePlugin({
        id: 'bad',
        version: '1.0.0',
        api: '^1.0.0',
        agent: { load: async () => ({ setup: (ctx) => ctx.routes(register) }) },
      }),
    ])
    expect(agent.report.plugins[1]).toMatchObject({ id: 'bad', state: 'degraded' })
    expect(await agent.snapshot()).toHaveProperty('hostname')
  })

  it('goes on without the routes of a plugin that never finishes them', async () => {
    agent = await startTestAgent(
      [
        definePlugin({
          id: 'stuck',
          version: '1.0.0',
          api: '^1.0.0',
          agent: { load: async () => ({ setup: (ctx) => ctx.routes(never) }) },
        }),
      ],
      { plugin_timeout_s: 1 },
    )
    expect(agent.report.plugins[1]).toMatchObject({
      id: 'stuck',
      state: 'degraded',
      errors: [{ code: 'PLUGIN_TIMEOUT' }],
    })
  })

  it('stops plugins in the reverse of the order in which it started them, and starts again', async () => {
    const events: string[] = []
    const recording = (id: string, ...dependsOn: string[]) =>
      definePlugin({
        id,
        version: '1.0.0',
        api: '^1.0.0',
        dependsOn,
        agent: {
          load: async () => ({
            setup(ctx) {
              ctx.onStart(() => void events.push(`start ${id}`))
              ctx.onStop(() => void events.push(`stop ${id}`))
            },
          }),
        },
      })
    const twice = await createAgent({
      config: { listen: '127.0.0.1:0', log_level: 'silent' },
      plugins: [recording('b', 'a'), recording('a')],
      env: {},
    })
    await twice.start()
    await twice.stop()
    await twice.start()
    await twice.stop()
    const once = ['start a', 'start b', 'stop b', 'stop a']
    expect(events).toEqual([...once, ...once])
  })

  it('refuses to listen beyond loopback without a token, and says what to set', async () => {
    const open = await createAgent({
      config: { listen: '0.0.0.0:0', log_level: 'silent' },
      plugins: [],
      env: {},
    })
    await expect(open.start()).rejects.toMatchObject({
      code: 'LISTEN_REFUSED',
      hint: expect.stringContaining('token_file'),
    })
  })

  it('leaves nothing running when it cannot listen', async () => {
    agent = await startTestAgent()
    const events: string[] = []
    const second = await createAgent({
      config: { listen: new URL(agent.url).host, log_level: 'silent' },
      plugins: [
        definePlugin({
          id: 'clean',
          version: '1.0.0',
          api: '^1.0.0',
          agent: {
            load: async () => ({
              setup(ctx) {
                ctx.onStart(() => void events.push('start'))
                ctx.onStop(() => void events.push('stop'))
              },
            }),
          },
        }),
      ],
      env: {},
    })
    await expect(second.start()).rejects.toMatchObject({ code: 'LISTEN_FAILED' })
    expect(events).toEqual(['start', 'stop'])
  })
})

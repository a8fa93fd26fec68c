import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { definePlugin } from '../define-plugin.js'
import { fansPlugin } from '../testing/fans-plugin.js'
import { startTestAgent, type TestAgent } from '../testing/test-agent.js'

const undos: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo()
})

async function agentWith(...args: Parameters<typeof startTestAgent>): Promise<TestAgent> {
  const agent = await startTestAgent(...args)
  undos.push(agent.stop)
  return agent
}

describe('GET /healthz', () => {
  it('says what each plugin taps, collects and serves, and what that costs', async () => {
    const serving = definePlugin({
      id: 'serving',
      version: '1.0.0',
      api: '^1.0.0',
      agent: {
        load: async () => ({
          setup: (ctx) =>
            ctx.routes(async (app) => {
              app.get('/hello', () => 'hello')
              app.post('/hello', () => 'hello')
            }),
        }),
      },
    })
    const agent = await agentWith([fansPlugin(), serving])
    await agent.snapshot()
    const response = await fetch(`${agent.url}/healthz`)
    expect(await response.json()).toMatchObject({
      status: 'ok',
      plugins: [
        { id: 'system', collectors: ['system'], routes: [] },
        {
          id: 'fans',
          state: 'ready',
          taps: [{ hook: 'collect', calls: 1, failures: 0, max_ms: expect.any(Number) }],
          collectors: ['fans'],
        },
        {
          id: 'serving',
          collectors: [],
          routes: ['GET /v1/plugins/serving/hello', 'POST /v1/plugins/serving/hello'],
        },
      ],
    })
  })

  it('tells a stranger nothing but the status, where a token is set', async () => {
    const token_file = join(await mkdtemp(join(tmpdir(), 'mon-')), 'agent.token')
    await writeFile(token_file, 'a-token-of-some-length\n', { mode: 0o600 })
    const agent = await agentWith([], { token_file })
    const ask = async (token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const response = await fetch(`${agent.url}/healthz`, { headers })
      return [response.status, await response.json()]
    }
    expect(await ask()).toEqual([200, { status: 'ok' }])
    expect(await ask('wrong')).toEqual([200, { status: 'ok' }])
    expect(await ask('a-token-of-some-length')).toMatchObject([
      200,
      { status: 'ok', plugins: [{ id: 'system' }] },
    ])
  })
})

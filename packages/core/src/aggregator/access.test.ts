import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definePlugin } from '../define-plugin.js'
import { cheapHash } from '../http/sample-login.js'
import { startTestAggregator, type TestAggregator } from '../testing/index.js'

const plugin = definePlugin({
  id: 'pages',
  version: '1.0.0',
  api: '^1.0.0',
  aggregator: {
    load: async () => ({
      setup: (ctx) =>
        ctx.routes(async (app) => {
          app.get('/shell', { config: { public: true } }, () => 'a shell')
          app.get('/figures', { schema: { response: { 200: Type.String() } } }, () => 'figures')
        }),
    }),
  },
})

describe('An aggregator with a token and a password', () => {
  let aggregator: TestAggregator
  const headers = { authorization: 'Bearer a-token' }

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mon-access-'))
    const token_file = join(folder, 'token')
    const password_file = join(folder, 'password')
    await writeFile(token_file, 'a-token', { mode: 0o600 })
    await writeFile(password_file, cheapHash('correct horse'), { mode: 0o600 })
    aggregator = await startTestAggregator([plugin], { token_file, password_file })
  })
  afterAll(() => aggregator.stop())

  const ask = (path: string, options: RequestInit = {}) => fetch(aggregator.url + path, options)

  it('shows nothing without them but its health, the login, and what a plugin calls public', async () => {
    const document = await (await ask('/openapi.json', { headers })).json()
    const open: string[] = []
    for (const [path, operations] of Object.entries<object>(document.paths)) {
      for (const method of Object.keys(operations)) {
        const { status } = await ask(path.replace('{id}', '1'), { method: method.toUpperCase() })
        if (status !== 401) open.push(`${method} ${path}`)
      }
    }
    expect(open.sort()).toEqual([
      'get /api/plugins/pages/shell',
      'get /api/session',
      'get /healthz',
      'post /api/login',
      'post /api/logout',
    ])
    for (const path of ['/docs', '/openapi.json', '/nowhere']) {
      expect((await ask(path)).status).toBe(401)
    }
  })

  it('lets in who logs in', async () => {
    const answer = await ask('/api/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: 'correct horse' }),
    })
    expect(answer.status).toBe(204)
    const [cookie = ''] = String(answer.headers.get('set-cookie')).split(';')
    const figures = await ask('/api/plugins/pages/figures', { headers: { cookie } })
    expect(await figures.text()).toBe('figures')
    expect((await ask('/api/servers', { headers: { cookie } })).status).toBe(200)
  })
})

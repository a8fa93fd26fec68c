import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { TestConnection } from './connection-test.js'
import type { AgentTarget } from './servers.js'
import { openTestFleet, sampleSnapshot, serveTestFleet } from './test-fleet.js'

const base_url = 'http://10.0.0.11:7881'

async function serve() {
  const fleet = await openTestFleet()
  const tested: AgentTarget[] = []
  const testConnection: TestConnection = async (target) => {
    tested.push(target)
    return { ok: false, error: { code: 'AGENT_UNREACHABLE', message: 'No.', hint: 'Start it.' } }
  }
  return { ...fleet, tested, app: serveTestFleet(fleet.servers, testConnection) }
}

test('a server can be added, read, changed and deleted', async () => {
  const { app } = await serve()
  const added = await app.inject({
    method: 'POST',
    url: '/api/servers',
    payload: { name: 'gpu-01', base_url, token: 's3cret' },
  })
  expect(added.statusCode).toBe(201)
  expect(added.headers.location).toBe('/api/servers/1')
  expect(added.json()).toMatchObject({ id: 1, state: 'unknown', latest: null })
  expect(added.body).not.toContain('s3cret')

  const url = '/api/servers/1'
  const read = await app.inject({ url })
  expect(read.json()).toEqual(added.json())
  const changed = await app.inject({ method: 'PUT', url, payload: { tags: ['training'] } })
  expect(changed.json()).toEqual({ ...added.json(), tags: ['training'] })

  const deleted = await app.inject({ method: 'DELETE', url })
  expect(deleted.statusCode).toBe(204)
  expect(deleted.body).toBe('')
  const gone = await app.inject({ url })
  expect(gone.statusCode).toBe(404)
  expect(gone.json()).toMatchObject({ code: 'SERVER_NOT_FOUND' })
})

test("plugins' fields of the latest snapshot reach the client", async () => {
  const { app, servers, latest } = await serve()
  await servers.create({ name: 'gpu-01', base_url })
  latest.set(1, sampleSnapshot)
  const full = await app.inject({ url: '/api/servers' })
  expect(full.json()).toEqual([expect.objectContaining({ latest: sampleSnapshot })])
  expect((await app.inject({ url: '/api/servers/1' })).json()).toEqual(full.json()[0])

  const summary = await app.inject({ url: '/api/servers?view=summary' })
  expect(summary.json()[0].latest).toMatchObject({ open_files: 1234, gpus: [{ name: 'A100' }] })
  expect(summary.body).not.toContain('processes')
})

test('the list is the servers as they are now, whatever of them has just changed', async () => {
  const { app, servers, latest, statuses } = await serve()
  await servers.create({ name: 'gpu-01', base_url })
  await servers.create({ name: '训练-02', base_url })
  const online = (last_seen: number) => ({ state: 'online', last_seen, last_error: null }) as const
  const changes = [
    () => latest.set(1, sampleSnapshot),
    () => latest.set(2, { ...sampleSnapshot, hostname: '训练' }),
    () => statuses.set(2, online(1)),
    () => statuses.set(2, online(2)),
    () => servers.update(1, { tags: ['new'] }),
    () => latest.set(1, { ...sampleSnapshot, cpu_pct: 50 }),
    () => latest.delete(2),
    () => servers.remove(2),
    () => servers.create({ name: 'gpu-03', base_url }),
  ]
  for (const change of changes) {
    await change()
    const { body, headers } = await app.inject({ url: '/api/servers' })
    expect(body).toBe(JSON.stringify(servers.list()))
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    const summary = await app.inject({ url: '/api/servers?view=summary' })
    expect(summary.body).toBe(JSON.stringify([...servers.views('summary')]))
    const one = await app.inject({ url: '/api/servers/1' })
    expect(one.body).toBe(JSON.stringify(servers.get(1)))
  }
})

test('who accepts gzip gets the same list compressed', async () => {
  const { app, servers, latest } = await serve()
  await servers.create({ name: '训练-01', base_url })
  latest.set(1, sampleSnapshot)
  for (const url of ['/api/servers', '/api/servers?view=summary']) {
    const plain = await app.inject({ url })
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' })
    expect(plain.headers).not.toHaveProperty('content-encoding')
    const zipped = await app.inject({ url, headers: { 'accept-encoding': 'br, gzip' } })
    expect(zipped.headers).toMatchObject({ vary: 'accept-encoding', 'content-encoding': 'gzip' })
    expect(gunzipSync(zipped.rawPayload)).toEqual(plain.rawPayload)
  }
})

test.each([
  ['a name of spaces', { name: ' ', base_url }],
  ['no address', { name: 'gpu-01' }],
  ['an address with a path', { name: 'gpu-01', base_url: 'http://x/agent' }],
  ['a token that no header can carry', { name: 'gpu-01', base_url, token: 'a\nb' }],
  ['an unknown key', { name: 'gpu-01', base_url, state: 'online' }],
  ['an interval of nothing', { name: 'gpu-01', base_url, poll_interval_s: 0 }],
])('%s is refused', async (_, payload) => {
  const { app, servers } = await serve()
  const answer = await app.inject({ method: 'POST', url: '/api/servers', payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID' })
  expect(servers.list()).toEqual([])
})

test('a name that is taken is a conflict', async () => {
  const { app, servers } = await serve()
  await servers.create({ name: 'gpu-01', base_url })
  const payload = { name: 'gpu-01', base_url }
  const answer = await app.inject({ method: 'POST', url: '/api/servers', payload })
  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({ code: 'SERVER_NAME_TAKEN' })
})

test('an agent that does not answer its test is an answer, not an HTTP error', async () => {
  const { app, tested } = await serve()
  const answer = await app.inject({
    method: 'POST',
    url: '/api/servers/test',
    payload: { base_url: `${base_url}/`, token: 'typed' },
  })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({
    ok: false,
    error: { code: 'AGENT_UNREACHABLE', message: 'No.', hint: 'Start it.' },
  })
  expect(tested).toEqual([{ base_url, token: 'typed' }])
})

test('a test uses the saved token at its own address, and nowhere else', async () => {
  const { app, servers, tested } = await serve()
  await servers.create({ name: 'gpu-01', base_url, token: 's3cret' })
  for (const address of [base_url, 'http://10.0.0.66:7881']) {
    const payload = { id: 1, base_url: address }
    await app.inject({ method: 'POST', url: '/api/servers/test', payload })
  }
  expect(tested.map(({ token }) => token)).toEqual(['s3cret', null])
})

test('the routes are in the OpenAPI document, with summaries and tags', async () => {
  const { app } = await serve()
  await app.ready()
  const { paths } = (await app.inject({ url: '/openapi.json' })).json()
  expect(Object.keys(paths)).toEqual(['/api/servers', '/api/servers/{id}', '/api/servers/test'])
  expect(paths['/api/servers'].get).toMatchObject({
    summary: 'List the servers',
    tags: ['servers'],
    parameters: [{ name: 'view', in: 'query' }],
  })
})

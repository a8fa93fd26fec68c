import { expect, test } from 'vitest'
import { runOutside, version1File } from '../database/testdata/files.js'
import { openTestFleet, sampleSnapshot } from './test-fleet.js'

const base_url = 'http://10.0.0.11:7881'

test('a server that was added is there with its defaults, and still there after a restart', async () => {
  const { servers, events, file } = await openTestFleet()
  const created = await servers.create({ name: ' gpu-01 ', base_url: `${base_url}/` })
  expect(created).toEqual({
    id: 1,
    name: 'gpu-01',
    base_url,
    tags: [],
    enabled: true,
    poll_interval_s: null,
    state: 'unknown',
    last_seen: null,
    last_error: null,
    latest: null,
  })
  expect(events).toMatchObject([{ change: 'added', server: { id: 1, name: 'gpu-01' } }])

  const again = await openTestFleet(file)
  expect(again.servers.list()).toEqual([created])
})

test('every property of a server can be changed, and only those given change', async () => {
  const { servers, events, file } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url, tags: ['a', '训练'], poll_interval_s: 2.5 })
  const changed = await servers.update(1, { enabled: false })
  expect(changed).toMatchObject({ name: 'gpu-01', tags: ['a', '训练'], enabled: false })

  await servers.update(1, { name: ' gpu-02 ', tags: [], poll_interval_s: null, enabled: true })
  const again = await openTestFleet(file)
  expect(again.servers.get(1)).toMatchObject({
    name: 'gpu-02',
    base_url,
    tags: [],
    enabled: true,
    poll_interval_s: null,
  })
  expect(events.map(({ change }) => change)).toEqual(['added', 'changed', 'changed'])
})

test('a server that was removed is gone, and its id is not given again', async () => {
  const { servers, events } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url })
  await servers.remove(1)
  expect(servers.list()).toEqual([])
  expect(servers.target(1)).toBeUndefined()
  expect(events.at(-1)).toMatchObject({ change: 'deleted', server: { id: 1, name: 'gpu-01' } })
  expect(await servers.create({ name: 'gpu-01', base_url })).toMatchObject({ id: 2 })
})

test('two servers cannot have one name, whether added, changed or written with spaces', async () => {
  const { servers, events } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url })
  await servers.create({ name: 'gpu-02', base_url })
  const taken = expect.objectContaining({ code: 'SERVER_NAME_TAKEN', status: 409 })
  await expect(servers.create({ name: ' gpu-01', base_url })).rejects.toEqual(taken)
  await expect(servers.update(2, { name: 'gpu-01 ' })).rejects.toEqual(taken)
  expect(servers.list().map(({ name }) => name)).toEqual(['gpu-01', 'gpu-02'])
  expect(events).toHaveLength(2)
})

test('a server that is not there can be neither changed nor removed', async () => {
  const { servers, events } = await openTestFleet()
  const missing = expect.objectContaining({ code: 'SERVER_NOT_FOUND', status: 404 })
  await expect(servers.update(7, { name: 'x' })).rejects.toEqual(missing)
  await expect(servers.remove(7)).rejects.toEqual(missing)
  expect(events).toEqual([])
})

test('a token is kept by a change that leaves it out, and goes with null', async () => {
  const { servers } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url, token: 's3cret' })
  await servers.update(1, { name: 'gpu-02', base_url: `${base_url}/` })
  expect(servers.target(1)).toEqual({ base_url, token: 's3cret' })
  await servers.update(1, { token: null })
  expect(servers.target(1)).toEqual({ base_url, token: null })
})

test.each(['http://10.0.0.12:7881', 'http://10.0.0.11:7882', 'https://10.0.0.11:7881'])(
  'a saved token does not follow the server to %s unless it is given again',
  async (elsewhere) => {
    const { servers } = await openTestFleet()
    await servers.create({ name: 'gpu-01', base_url, token: 's3cret' })
    await servers.update(1, { base_url: elsewhere })
    expect(servers.target(1)).toEqual({ base_url: elsewhere, token: null })
    await servers.update(1, { base_url, token: 'n3w' })
    expect(servers.target(1)).toEqual({ base_url, token: 'n3w' })
  },
)

test('two changes at once never pair a token with an address it was not given for', async () => {
  const { servers } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url })
  await Promise.all([
    servers.update(1, { base_url: 'http://10.0.0.12:7881', token: 's3cret' }),
    servers.update(1, { base_url }),
  ])
  expect(servers.target(1)).toEqual({ base_url, token: null })
})

test('no token is in what is read back or told of changes', async () => {
  const { servers, events } = await openTestFleet()
  const answers = [
    await servers.create({ name: 'gpu-01', base_url, token: 's3cret' }),
    await servers.update(1, { token: 's3cret-too' }),
    servers.list(),
    [...servers.views('summary')],
    servers.entries(),
  ]
  await servers.remove(1)
  expect(JSON.stringify([answers, events])).not.toMatch(/s3cret|"token"/)
})

test.each([
  'http://[::1',
  'http://x:99999',
  'http://a\\b',
  'ftp://x',
  'http://u:p@x',
  'http://x/p',
])('%s is refused as an address', async (address) => {
  const { servers } = await openTestFleet()
  await expect(servers.create({ name: 'x', base_url: address })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    hint: expect.stringContaining('http://10.0.0.11:7881'),
  })
})

test('a server is shown with its status and latest snapshot, in full or in short', async () => {
  const { servers, latest, statuses } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url })
  statuses.set(1, { state: 'online', last_seen: 1_763_875_201, last_error: null })
  latest.set(1, sampleSnapshot)
  expect(servers.get(1)).toMatchObject({ state: 'online', latest: sampleSnapshot })
  expect(servers.view(1, 'summary')?.latest).toMatchObject({ cpu_pct: 12.3, open_files: 1234 })
  expect(servers.view(1, 'summary')?.latest).not.toHaveProperty('disks')
  expect([...servers.views('summary')]).toEqual([servers.view(1, 'summary')])
})

test('a server is put together once for all who look at it, until it changes', async () => {
  const { servers, latest, statuses } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url })
  await servers.create({ name: 'gpu-02', base_url })
  latest.set(1, sampleSnapshot)
  latest.set(2, { ...sampleSnapshot })
  for (const view of ['full', 'summary'] as const) {
    const [first, second] = servers.views(view)
    expect(servers.view(1, view)).toBe(first)
    statuses.set(1, { state: 'offline', last_seen: 1, last_error: null })
    expect(servers.view(1, view)).toMatchObject({ state: 'offline', latest: { cpu_pct: 12.3 } })
    expect(servers.view(2, view)).toBe(second)
    statuses.delete(1)
  }
})

test('the servers of a 1.0 database are there', async () => {
  const { servers } = await openTestFleet(version1File())
  expect(servers.entries()).toMatchObject([
    { id: 1, name: 'gpu-01', tags: [], enabled: true, poll_interval_s: null },
    { id: 3, name: '训练-03', enabled: false },
  ])
})

test('a row edited by hand into nonsense does not keep the others from loading', async () => {
  const { servers, file } = await openTestFleet()
  await servers.create({ name: 'gpu-01', base_url, tags: ['a'] })
  await servers.create({ name: 'gpu-02', base_url, tags: ['b'] })
  runOutside(file, `UPDATE servers SET tags = '["a", 3' WHERE id = 1`)
  await servers.load()
  expect(servers.list().map(({ tags }) => tags)).toEqual([[], ['b']])
})

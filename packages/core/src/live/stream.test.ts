import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openReader } from './event-reader.js'
import { createStream } from './stream.js'
import { sampleServer, serveTestStream } from './test-stream.js'

test('a reader gets the fleet, then what changes: a field, a new server, a deleted one', async () => {
  const { url, set, remove } = await serveTestStream(sampleServer(1, 10), sampleServer(2, 20))
  const reader = await openReader(url)
  expect(reader.response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
    'x-request-id': expect.any(String),
  })
  expect(await reader.next()).toMatchObject({ event: 'fleet', data: [{ id: 1 }, { id: 2 }] })

  set({ ...sampleServer(1, 10), state: 'degraded' })
  expect(await reader.next()).toMatchObject({ event: 'delta', data: { 1: { state: 'degraded' } } })
  set(sampleServer(3, 30))
  remove(2)
  const { data } = await reader.next()
  expect(data).toEqual({ 2: null, 3: { ...sampleServer(3, 30), view: 'summary' } })
})

test('changes that come close together are one event', async () => {
  const { url, set } = await serveTestStream(sampleServer(1, 10), sampleServer(2, 20))
  const reader = await openReader(url)
  await reader.next()
  set(sampleServer(1, 11))
  set(sampleServer(2, 21))
  set(sampleServer(1, 12))
  expect(await reader.next()).toMatchObject({
    data: { 1: { latest: { cpu_pct: 12 } }, 2: { latest: { cpu_pct: 21 } } },
  })
})

test('with server_id a reader gets those servers alone, in full', async () => {
  const { url, set } = await serveTestStream(
    sampleServer(1, 10),
    sampleServer(2, 20),
    sampleServer(3, 30),
  )
  const reader = await openReader(`${url}?server_id=2&server_id=3&server_id=9`)
  expect(await reader.next()).toMatchObject({
    event: 'fleet',
    data: [
      { id: 2, view: 'full' },
      { id: 3, view: 'full' },
    ],
  })
  set(sampleServer(1, 11))
  set(sampleServer(3, 31))
  set(sampleServer(9, 90))
  const { data } = await reader.next()
  expect(Object.keys(Object(data))).toEqual(['3', '9'])
})

test('every reader gets the same bytes', async () => {
  const { url, set } = await serveTestStream(sampleServer(1, 10))
  const readers = [await openReader(url), await openReader(url)]
  for (const reader of readers) await reader.next()
  set(sampleServer(1, 11))
  for (const reader of readers) await reader.next()
  expect(readers[0]?.raw()).toBe(readers[1]?.raw())
})

test('a reader that comes back gets only what it missed, even if it was the only one', async () => {
  const { url, set, responses } = await serveTestStream(
    sampleServer(1, 10),
    sampleServer(2, 20),
    sampleServer(3, 30),
  )
  const reader = await openReader(url)
  const { id } = await reader.next()
  const [response] = responses
  reader.close()
  if (response !== undefined) await once(response, 'close')
  set(sampleServer(1, 11))

  const again = await openReader(url, { lastEventId: id })
  expect(await again.next()).toMatchObject({ event: 'delta', data: { 1: { latest: {} } } })
  set(sampleServer(1, 12))
  expect(await again.next()).toMatchObject({ data: { 1: { latest: { cpu_pct: 12 } } } })
})

test('a reader that accepts gzip sees what the others see, whenever it joined', async () => {
  const { url, set, remove, responses } = await serveTestStream(
    sampleServer(1, 10),
    sampleServer(2, 20),
  )
  const plain = await openReader(url)
  const early = await openReader(url, { gzip: true })
  expect(plain.response.headers).not.toHaveProperty('content-encoding')
  expect(early.response.headers).toMatchObject({
    'content-encoding': 'gzip',
    vary: 'accept-encoding',
  })
  const { id } = await plain.next()
  await early.next()
  set({ ...sampleServer(1, 11), note: '训练' })
  expect(await early.next()).toEqual(await plain.next())
  expect(early.raw()).toBe(plain.raw())

  const late = await openReader(url, { gzip: true })
  expect(await late.next()).toMatchObject({ event: 'fleet', data: [{ note: '训练' }, { id: 2 }] })
  const resumed = await openReader(url, { gzip: true, lastEventId: id })
  expect(await resumed.next()).toMatchObject({ event: 'delta', data: { 1: { note: '训练' } } })
  remove(2)
  const last = await plain.next()
  for (const reader of [early, late, resumed]) expect(await reader.next()).toEqual(last)

  const [, ...zipped] = responses
  expect(zipped.map(({ destroyed }) => destroyed)).toEqual([false, false, false])
})

test('an id of an earlier process, or of another view, gets the fleet again', async () => {
  const one = await serveTestStream(sampleServer(1, 10))
  const { id } = await (await openReader(one.url)).next()
  const { url } = await serveTestStream(sampleServer(1, 10))
  expect(await (await openReader(url, { lastEventId: id })).next()).toMatchObject({
    event: 'fleet',
  })
  const detail = await openReader(`${one.url}?server_id=1`, { lastEventId: id })
  expect(await detail.next()).toMatchObject({ event: 'fleet', data: [{ view: 'full' }] })
})

test('while nobody listens, no server is looked at', async () => {
  const { set, viewed } = await serveTestStream(sampleServer(1, 10))
  set(sampleServer(1, 11))
  set(sampleServer(2, 20))
  expect(viewed).toEqual([])
})

test('a comment every 15 s keeps the connection open', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { url, set } = await serveTestStream(sampleServer(1, 10))
  const readers = [await openReader(url), await openReader(url, { gzip: true })]
  for (const reader of readers) await reader.next()
  vi.advanceTimersByTime(15_000)
  set(sampleServer(1, 11))
  for (const reader of readers) {
    await reader.next()
    expect(reader.raw()).toContain('\n\n:\n\n')
  }
})

test.each([
  ['a reader', false],
  ['a reader that accepts gzip', true],
])('%s that does not keep up is cut off, and the others go on', async (_, gzip) => {
  const { url, fleet, stream, responses } = await serveTestStream(sampleServer(1, 10))
  const slow = await openReader(url, { gzip })
  await slow.next()
  slow.response.pause()
  const [response] = responses
  const cut = response && once(response, 'close')
  const reader = await openReader(url)
  await reader.next()
  const grow = () => {
    // What is random does not get smaller by compressing.
    fleet.set(1, { id: 1, text: randomBytes(6 * 1024 * 1024).toString('base64') })
    stream.changed(1)
  }
  let isCut = false
  cut?.then(() => {
    isCut = true
  })
  while (!isCut) {
    grow()
    await reader.next()
  }
  expect(responses[1]?.destroyed).toBe(false)
})

test.each([
  ['', false],
  [' of who accepts gzip', true],
])('closing the stream ends every response%s, and later ones at once', async (_, gzip) => {
  const { url, stream } = await serveTestStream(sampleServer(1, 10))
  const reader = await openReader(url, { gzip })
  await reader.next()
  stream.close()
  await reader.ended
  expect(reader.response.complete).toBe(true)
  const late = await openReader(url, { gzip })
  await late.ended
  expect(late.response.complete).toBe(true)
})

test('a reader that is still waiting for the fleet is ended too', async () => {
  const stream = createStream({
    ids: () => [1],
    view: (id) => sampleServer(id, 10),
    log: pino({ level: 'silent' }),
  })
  const server = createServer((_, response) => {
    stream.subscribe(response, { gzip: false })
    stream.close()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const reader = await openReader(`http://127.0.0.1:${Object(server.address()).port}`)
  await reader.ended
  expect(reader.raw()).toBe('retry: 2000\n\n')
})

test('a reader that goes before it has got anything leaves nothing behind', async () => {
  const { url, set, responses } = await serveTestStream(sampleServer(1, 10))
  const gone = await openReader(url, { gzip: true })
  gone.close()
  const [response] = responses
  if (response !== undefined && !response.closed) await once(response, 'close')
  set(sampleServer(1, 11))
  const reader = await openReader(url)
  expect(await reader.next()).toMatchObject({ event: 'fleet', data: [{ latest: { cpu_pct: 11 } }] })
})

test('HEAD does not open a stream that never ends', async () => {
  const { url } = await serveTestStream(sampleServer(1, 10))
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(404)
})

test('a server_id that is no id is refused', async () => {
  const { url } = await serveTestStream(sampleServer(1, 10))
  expect((await fetch(`${url}?server_id=all`)).status).toBe(400)
})

test('a server that cannot be shown ends the readers, and who comes back gets the fleet', async () => {
  const { url, set } = await serveTestStream(sampleServer(1, 10))
  const reader = await openReader(url)
  const { id } = await reader.next()
  set({ ...sampleServer(1, 11), counter: 1n })
  await reader.ended
  set(sampleServer(1, 12))
  expect(await (await openReader(url, { lastEventId: id })).next()).toMatchObject({
    event: 'fleet',
    data: [{ id: 1, latest: { cpu_pct: 12 } }],
  })
})

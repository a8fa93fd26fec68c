import { once } from 'node:events'
import { createServer } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { json, portOf, problem, refusedAddress, startLoopbackAgent } from './loopback-agent.js'
import { createPollClient, type PollClient } from './poll-client.js'

const snapshot = { ts: 1_763_875_200, hostname: 'gpu-01' }

function openClient(): PollClient {
  const client = createPollClient()
  onTestFinished(() => client.close())
  return client
}

/** Resolves when the connection has ended, well or not. */
function closed(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    stream.on('error', () => {})
    stream.once('close', resolve)
  })
}

/** What one poll of an agent that answers so brings. */
async function pollOf(...listener: Parameters<typeof startLoopbackAgent>) {
  const { base_url } = await startLoopbackAgent(...listener)
  return openClient().poll({ base_url, token: null })
}

test('a poll brings the snapshot, and how long it took', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  const answer = await openClient().poll({ base_url: agent.base_url, token: 's3cret' })
  expect(answer).toEqual({ ok: true, snapshot, ms: expect.any(Number) })
  expect(agent.requests).toMatchObject([
    {
      method: 'GET',
      url: '/v1/snapshot',
      headers: { authorization: 'Bearer s3cret', accept: 'application/json' },
    },
  ])
})

test('without a token no authorization is sent', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  await openClient().poll({ base_url: agent.base_url, token: null })
  expect(agent.requests[0]?.headers).not.toHaveProperty('authorization')
})

test('polls share one connection', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  const client = openClient()
  for (let poll = 0; poll < 5; poll += 1) {
    await client.poll({ ...agent, token: null })
    // undici gives a connection back only after the answer has been handed over.
    await setImmediate()
  }
  expect(agent.requests).toHaveLength(5)
  expect(agent.connections()).toBe(1)
})

test('an agent that restarted is reached again', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  const client = openClient()
  await client.poll({ ...agent, token: null })
  agent.answer((request) => request.socket.destroy())
  expect(await client.poll({ ...agent, token: null })).toMatchObject({ ok: false })
  agent.answer(json(snapshot))
  expect(await client.poll({ ...agent, token: null })).toMatchObject({ ok: true })
})

test('nothing that listens is said in plain words, with the next step', async () => {
  const base_url = await refusedAddress()
  expect(await openClient().poll({ base_url, token: null })).toEqual({
    ok: false,
    error: {
      code: 'AGENT_UNREACHABLE',
      message: `Nothing listens at ${base_url}: the connection was refused.`,
      hint: 'Start the agent there, or correct the address and port.',
    },
  })
})

test('a name that DNS does not know is said so', async () => {
  const base_url = 'http://no-such-server.invalid:7881'
  expect(await openClient().poll({ base_url, token: null })).toMatchObject({
    error: { code: 'AGENT_UNREACHABLE', message: expect.stringContaining('DNS') },
  })
})

test('an agent that closes the connection instead of answering is unreachable', async () => {
  const answer = await pollOf((request) => request.socket.resetAndDestroy())
  expect(answer).toMatchObject({
    error: { code: 'AGENT_UNREACHABLE', message: expect.stringContaining('closed') },
  })
})

test('an answer cut off in the middle is no answer', async () => {
  const answer = await pollOf((_, response) => {
    response.writeHead(200, { 'content-length': 1000 })
    response.write('{"ts":1', () => response.destroy())
  })
  expect(answer).toMatchObject({
    error: { code: 'AGENT_UNREACHABLE', message: expect.stringContaining('before its answer') },
  })
})

test.each([
  ['never answers', () => {}],
  [
    'sends a head and nothing else',
    (_: unknown, response: { flushHeaders(): void }) => response.flushHeaders(),
  ],
])('an agent that %s is given up after 10 s', async (_, listener) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const agent = await startLoopbackAgent(listener)
  const poll = openClient().poll({ base_url: agent.base_url, token: null })
  const [request] = await agent.nextRequest()
  const cut = closed(request.socket)
  vi.advanceTimersByTime(10_000)
  expect(await poll).toMatchObject({
    error: { code: 'AGENT_TIMEOUT', message: expect.stringContaining('10 s') },
  })
  await cut
})

test('an agent that trickles its answer is given up after 10 s as a whole', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const agent = await startLoopbackAgent(() => {})
  const poll = openClient().poll({ base_url: agent.base_url, token: null })
  const [, response] = await agent.nextRequest()
  const cut = closed(response)
  for (let second = 0; second < 10; second += 1) {
    await new Promise((sent) => response.write(' ', sent))
    vi.advanceTimersByTime(1000)
  }
  expect(await poll).toMatchObject({ error: { code: 'AGENT_TIMEOUT' } })
  await cut
})

test.each([
  ['text', 'hello'],
  ['a web page', '<!doctype html>'],
  ['half a snapshot', '{"ts":1'],
  ['nothing', ''],
  ['a list', '[]'],
  ['null', 'null'],
])('%s is not a snapshot', async (_, body) => {
  expect(await pollOf((_, response) => response.end(body))).toMatchObject({
    error: { code: 'AGENT_INVALID_SNAPSHOT' },
  })
})

test('an answer of 2 MB is refused, and not read to its end', async () => {
  const agent = await startLoopbackAgent((_, response) => {
    response.write(' '.repeat(2 * 1024 * 1024))
  })
  const poll = openClient().poll({ base_url: agent.base_url, token: null })
  const [request] = await agent.nextRequest()
  const cut = closed(request.socket)
  expect(await poll).toMatchObject({
    error: { code: 'AGENT_INVALID_SNAPSHOT', message: expect.stringContaining('1048576') },
  })
  await cut
})

test('an answer in a hundred thousand crumbs is refused like a large one', async () => {
  const answer = await pollOf((_, response) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' }).flushHeaders()
    response.socket?.end(`${'1\r\n \r\n'.repeat(100_000)}0\r\n\r\n`)
  })
  expect(answer).toMatchObject({
    error: { code: 'AGENT_INVALID_SNAPSHOT', message: expect.stringContaining('1048576') },
  })
})

test('a redirect is not followed', async () => {
  const elsewhere = await startLoopbackAgent(json(snapshot))
  const answer = await pollOf((_, response) => {
    response.writeHead(302, { location: `${elsewhere.base_url}/v1/snapshot` }).end()
  })
  expect(answer).toMatchObject({
    error: { code: 'AGENT_HTTP_ERROR', message: expect.stringContaining(elsewhere.base_url) },
  })
  expect(elsewhere.requests).toEqual([])
})

test.each([
  [401, 'AGENT_UNAUTHORIZED'],
  [403, 'AGENT_UNAUTHORIZED'],
  [404, 'AGENT_HTTP_ERROR'],
  [500, 'AGENT_HTTP_ERROR'],
  [503, 'AGENT_HTTP_ERROR'],
])('HTTP status %i is told as %s', async (status, code) => {
  const answer = await pollOf((_, response) => response.writeHead(status).end())
  expect(answer).toMatchObject({ ok: false, error: { code } })
})

test("the agent's own words are passed on", async () => {
  const listener = problem(403, 'HOST_REFUSED', 'gpu-01.lan is not a name of mine.', 'Add it.')
  expect(await pollOf(listener)).toEqual({
    ok: false,
    error: {
      code: 'AGENT_UNAUTHORIZED',
      message: 'gpu-01.lan is not a name of mine.',
      hint: 'Add it.',
    },
  })
})

test('what does not speak HTTP is told so', async () => {
  const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const base_url = `http://127.0.0.1:${portOf(server.address())}`
  expect(await openClient().poll({ base_url, token: null })).toMatchObject({
    error: { code: 'AGENT_HTTP_ERROR', message: expect.stringContaining('HTTP') },
  })
})

test('https to an agent without TLS is told so', async () => {
  const { base_url } = await startLoopbackAgent(json(snapshot))
  const target = { base_url: base_url.replace('http:', 'https:'), token: null }
  expect(await openClient().poll(target)).toMatchObject({
    error: { code: 'AGENT_UNREACHABLE', message: expect.stringContaining('TLS') },
  })
})

test('a token that no header can carry is an error, not a crash', async () => {
  const { base_url } = await startLoopbackAgent(json(snapshot))
  const answer = await openClient().poll({ base_url, token: 'a\nb' })
  expect(answer).toMatchObject({ ok: false, error: { code: 'AGENT_UNREACHABLE' } })
})

test('a poll that is called off rejects with the reason, and ends its connection', async () => {
  const agent = await startLoopbackAgent(() => {})
  const abort = new AbortController()
  const poll = openClient().poll({ base_url: agent.base_url, token: null }, abort.signal)
  const [request] = await agent.nextRequest()
  const cut = closed(request.socket)
  abort.abort(new Error('stopping'))
  await expect(poll).rejects.toThrow('stopping')
  await cut
  await expect(
    openClient().poll({ base_url: agent.base_url, token: null }, abort.signal),
  ).rejects.toThrow('stopping')
})

test('a request sends JSON with the token, and answers JSON', async () => {
  const agent = await startLoopbackAgent(async (request, response) => {
    const body = await request.setEncoding('utf8').toArray()
    json({ got: JSON.parse(body.join('')) })(request, response)
  })
  const target = { base_url: agent.base_url, token: 's3cret' }
  const answer = await openClient().request(target, 'POST', '/v1/proxy/start', { config: { a: 1 } })
  expect(answer).toEqual({ got: { config: { a: 1 } } })
  expect(agent.requests).toMatchObject([
    {
      method: 'POST',
      url: '/v1/proxy/start',
      headers: { authorization: 'Bearer s3cret', 'content-type': 'application/json' },
    },
  ])
})

test('a request is not held up by a poll that gets no answer', async () => {
  const agent = await startLoopbackAgent((request, response) => {
    if (request.url === '/v1/proxy/status') json({ status: 'stopped' })(request, response)
  })
  const client = openClient()
  const target = { base_url: agent.base_url, token: null }
  const abort = new AbortController()
  const poll = client.poll(target, abort.signal)
  await agent.nextRequest()
  expect(await client.request(target, 'GET', '/v1/proxy/status')).toEqual({ status: 'stopped' })
  abort.abort(new Error('done'))
  await expect(poll).rejects.toThrow('done')
})

test('a request without an answer body answers null', async () => {
  const { base_url } = await startLoopbackAgent((_, response) => response.writeHead(204).end())
  expect(await openClient().request({ base_url, token: null }, 'DELETE', '/v1/x')).toBeNull()
})

test.each([
  ['a code of the catalogue is kept', 400, 'REQUEST_INVALID', 'REQUEST_INVALID'],
  ["a plugin's own code is in the cause", 403, 'REMOTE_CONFIG_X', 'AGENT_HTTP_ERROR'],
  ['its login is not ours', 401, 'UNAUTHORIZED', 'AGENT_UNAUTHORIZED'],
  ['its host names are not ours', 403, 'HOST_REFUSED', 'AGENT_UNAUTHORIZED'],
  ['its routes are not ours', 404, 'ROUTE_NOT_FOUND', 'AGENT_HTTP_ERROR'],
  ['its fault is not ours', 500, 'INTERNAL', 'AGENT_HTTP_ERROR'],
])('of a refused request, %s', async (_, status, agentCode, code) => {
  const { base_url } = await startLoopbackAgent(
    problem(status, agentCode, 'Not so.\u0000', 'Do this.'),
  )
  const request = openClient().request({ base_url, token: null }, 'POST', '/v1/proxy/start')
  await expect(request).rejects.toMatchObject({
    name: 'MonError',
    code,
    hint: status === 401 ? expect.any(String) : 'Do this.',
    message: status === 401 ? expect.any(String) : 'Not so. ',
    cause: { status, code: agentCode, detail: 'Not so. ', hint: 'Do this.' },
  })
})

test('a request to nobody fails like a poll, with the cause', async () => {
  const base_url = await refusedAddress()
  const request = openClient().request({ base_url, token: null }, 'GET', '/v1/proxy/status')
  await expect(request).rejects.toMatchObject({
    code: 'AGENT_UNREACHABLE',
    status: 502,
    cause: { code: 'ECONNREFUSED' },
  })
})

test('a request answered with something else than JSON fails', async () => {
  const { base_url } = await startLoopbackAgent((_, response) => response.end('hello'))
  const request = openClient().request({ base_url, token: null }, 'GET', '/v1/proxy/status')
  await expect(request).rejects.toMatchObject({ code: 'AGENT_HTTP_ERROR' })
})

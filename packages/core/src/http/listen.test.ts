import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from './listen.js'
import { createSampleServer } from './sample-server.js'
import type { HttpServer } from './server.js'

const open: HttpServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

async function start() {
  const { app, logged } = createSampleServer()
  open.push(app)
  const url = await listen(app, { host: '127.0.0.1', port: 0 })
  return { app, logged, url, port: Number(new URL(url).port) }
}

/** A connection that has sent this. */
async function send(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** All that comes back until the server hangs up. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = await send(port, text)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

describe('Listening', () => {
  it('gives the address to open, with the real port', async () => {
    const { url } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('on every network gives an address that can be opened', async () => {
    const { app } = createSampleServer()
    open.push(app)
    const url = await listen(app, { host: '0.0.0.0', port: 0 })
    expect(url).toContain('http://127.0.0.1:')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  it('on a port in use says so, and can be tried again', async () => {
    const { app: other, port } = await start()
    const { app } = createSampleServer()
    open.push(app)

    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: `127.0.0.1:${port} is already in use.`,
      hint: 'Stop the other program, or set `listen` to another port.',
    })
    await other.close()
    expect(await listen(app, { host: '127.0.0.1', port })).toBe(`http://127.0.0.1:${port}`)
  })

  it('on an address of another machine says so', async () => {
    const { app } = createSampleServer()
    open.push(app)
    await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
      message: '192.0.2.1 is not an address of this machine.',
    })
  })

  it('of a server that cannot get ready fails with the reason, not as a matter of the address', async () => {
    const { app } = createSampleServer()
    open.push(app)
    app.register(async () => {
      throw new Error('no database')
    })
    await expect(listen(app, { host: '127.0.0.1', port: 0 })).rejects.toThrow('no database')
  })
})

describe('On the wire', () => {
  it.each([
    ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['another Host', 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
    [
      'a full address',
      'GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    ],
  ])('a request with %s is refused with a problem', async (_, request) => {
    const { port } = await start()
    const answer = await exchange(port, request)
    expect(answer).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/)
    expect(answer).toContain('"code":"HOST_REFUSED"')
  })

  it.each([
    ['rubbish', 'rubbish\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00', 400, 'REQUEST_INVALID'],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'REQUEST_INVALID',
    ],
    [
      'huge headers',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
  ])('%s is answered with a problem, too', async (_, request, status, code) => {
    const { port } = await start()
    const [head = '', body = ''] = (await exchange(port, request)).split('\r\n\r\n')
    expect(head).toContain(`HTTP/1.1 ${status} `)
    expect(head).toContain('content-type: application/problem+json')
    expect(JSON.parse(body)).toMatchObject({ status, code })
    expect(head).toContain(`x-request-id: ${JSON.parse(body).instance}`)
  })

  it.each([
    '/docs/static/../../../package.json',
    '/docs/static/..%2f..%2fpackage.json',
    '/docs/static/%2e%2e/%2e%2e/package.json',
    '/docs/static/..\\..\\package.json',
    '/docs/static//etc/passwd',
    '/docs/static/%00/../index.html',
    '/../../../../../etc/passwd',
  ])('%s leads out of no folder', async (path) => {
    const { port } = await start()
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
    const [head = '', body = ''] = (await exchange(port, request)).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(JSON.parse(body)).toMatchObject({ code: expect.any(String) })
  })

  it('an event stream has the request id and the safety headers', async () => {
    const { url } = await start()
    const { headers, body } = await fetch(`${url}/api/stream`)
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{22,}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-type')).toBe('text/event-stream')
    await body?.cancel()
  })

  it('a client that goes away in the middle of its body harms nobody', async () => {
    const { app, logged, url, port } = await start()
    const aborted = new Promise<void>((resolve) =>
      app.server.once('request', (_, response) => response.once('close', resolve)),
    )
    const head =
      'POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'
    const socket = await send(port, head)
    await once(app.server, 'request')
    socket.destroy()
    await aborted
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(logged.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)).toEqual([])
  })
})

describe('Closing', () => {
  it('waits for no idle, unfinished or endless connection', async () => {
    const { app, url, port } = await start()
    const reader = (await fetch(`${url}/api/stream`)).body?.getReader()
    await reader?.read()
    const sockets = await Promise.all([
      send(port, ''),
      send(port, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      send(port, 'GET /healthz HTTP/1.1\r\nHost: loc'),
      send(
        port,
        'POST /api/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      ),
    ])
    const ended = sockets.map((socket) => {
      socket.on('error', () => {})
      return new Promise((resolve) => socket.resume().once('close', resolve))
    })

    await app.close()
    await Promise.all(ended)
    await expect(reader?.read()).rejects.toThrow()
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })
})

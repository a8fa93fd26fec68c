import { get, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { MonError } from '../errors.js'
import { listen } from './listen.js'
import type { PlainGet } from './plain-get.js'
import { createSampleServer } from './sample-server.js'
import type { HttpServer, HttpServerOptions } from './server.js'

const path = '/v1/state'
const token = 'a-token-of-sixteen-letters'

const open: HttpServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

/** A server whose state can be had before Fastify and, with a query, from Fastify itself. */
async function start(options: Partial<HttpServerOptions> = {}, answer?: PlainGet['answer']) {
  let asked = 0
  const state = answer ?? (async () => Buffer.from('{"ok":true}'))
  const { app, logged } = createSampleServer({
    plainGet: {
      path,
      answer() {
        asked += 1
        return state()
      },
    },
    ...options,
  })
  open.push(app)
  app.get(path, { serializerCompiler: () => JSON.stringify }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(await state()),
  )
  const url = await listen(app, { host: '127.0.0.1', port: 0 })
  const ask = (headers: Record<string, string> = {}, method = 'GET', query = '') =>
    exchange(url + path + query, method, headers)
  return { ask, logged, asked: () => asked }
}

/** `fetch` would not send what is to be refused here. */
function exchange(url: string, method: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      get(url, { method, headers }, async (response) => {
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: await text(response),
        })
      }).on('error', reject)
    },
  )
}

describe('What is answered before Fastify', () => {
  it('looks to its reader like an answer of Fastify', async () => {
    const { ask, asked } = await start()
    const plain = await ask()
    expect(asked()).toBe(1)
    const byFastify = await ask({}, 'GET', '?now')
    expect(asked()).toBe(1)

    const { 'x-request-id': id, date, ...headers } = plain.headers
    expect(id).toMatch(/^[\w-]{20,}$/)
    expect(date).toBeDefined()
    expect(byFastify).toMatchObject({ status: 200, headers, body: plain.body })
    expect(plain).toMatchObject({ status: 200, body: '{"ok":true}' })
  })

  it('is logged in one line, at debug', async () => {
    const { ask, logged } = await start()
    const { headers } = await ask()
    const lines = logged.map((line) => JSON.parse(line)).filter(({ url }) => url === path)
    expect(lines).toMatchObject([
      { level: 20, method: 'GET', status: 200, request_id: headers['x-request-id'] },
    ])
  })

  it('needs the token, where there is one', async () => {
    const { ask, asked } = await start({ token })
    expect(await ask()).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
      body: expect.stringContaining('UNAUTHORIZED'),
    })
    expect((await ask({ authorization: 'Bearer another' })).status).toBe(401)
    expect(asked()).toBe(0)
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200)
    expect(asked()).toBe(1)
  })

  it.each([
    ['another Host', { host: 'evil.example' }, 'HOST_REFUSED'],
    ['the Origin of another site', { origin: 'https://evil.example' }, 'ORIGIN_REFUSED'],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 'ORIGIN_REFUSED'],
  ])('is refused to %s, in Fastify’s words', async (_who, headers, code) => {
    const { ask, asked } = await start()
    const answer = await ask(headers)
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining(code) })
    expect(asked()).toBe(0)
  })

  it('is only what is asked for by GET', async () => {
    const { ask, asked } = await start()
    expect(await ask({}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask({}, 'DELETE')).toMatchObject({ status: 404 })
    expect(asked()).toBe(0)
  })

  it('says what failed, as a problem', async () => {
    const { ask } = await start({}, () =>
      Promise.reject(new MonError('SERVER_NAME_TAKEN', 'There is one called gpu-01.')),
    )
    const { status, headers, body } = await ask()
    expect(status).toBe(409)
    expect(headers['content-type']).toContain('application/problem+json')
    expect(body).toContain('There is one called gpu-01.')
  })
})

import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from './listen.js'
import { PROBLEM_TYPE } from './problem.js'
import { createSampleLogin } from './sample-login.js'
import { createSampleServer } from './sample-server.js'
import { sessionRoutes } from './session-routes.js'

const password = 'correct horse battery'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server with a password, a clock to turn, and what a browser does with its cookie. */
function createServer(token: string | null = null) {
  const clock = { seconds: 0 }
  const login = createSampleLogin(password, () => clock.seconds * 1000)
  const { app, logged } = createSampleServer({ token, login })
  closing.push(() => app.close())

  const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, headers, ...(payload && { payload }) })
  const attempt = (given: string, headers?: Record<string, string>) =>
    post('/api/login', { password: given }, headers)
  async function logIn(headers?: Record<string, string>): Promise<{ cookie: string }> {
    const answer = await attempt(password, headers)
    expect(answer.statusCode).toBe(204)
    return { cookie: cookieOf(answer.headers) }
  }
  const status = async (headers: Record<string, string> = {}, url = '/api/things') =>
    (await app.inject({ url, headers })).statusCode
  return { app, logged, clock, login, post, attempt, logIn, status }
}

function cookieOf(headers: { 'set-cookie'?: unknown }): string {
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

describe('A server with a password', () => {
  it.each(['/api/things', '/openapi.json', '/docs', '/docs/static/swagger-ui.css', '/nowhere'])(
    'shows %s only to those who are logged in',
    async (url) => {
      const { app, status, logIn } = createServer()
      const answer = await app.inject(url)
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({
        code: 'UNAUTHORIZED',
        hint: 'Send the session cookie of POST /api/login.',
      })
      expect([200, 404]).toContain(await status(await logIn(), url))
    },
  )

  it('takes its token as well, if it has one', async () => {
    const { status, logIn, app } = createServer('a-token')
    expect(await status({ authorization: 'Bearer a-token' })).toBe(200)
    expect(await status({ authorization: 'Bearer other', ...(await logIn()) })).toBe(200)
    expect((await app.inject('/api/things')).json().hint).toBe(
      'Send the session cookie of POST /api/login, or the token as `Authorization: Bearer <token>`.',
    )
  })

  it('sets a cookie that scripts, other sites and other hosts never see', async () => {
    const { attempt } = createServer()
    const { headers } = await attempt(password)
    expect(headers['set-cookie']).toMatch(
      /^mon_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    )
  })

  it('makes the cookie secure when a proxy on this machine ends HTTPS', async () => {
    const { attempt, status } = createServer()
    const https = { 'x-forwarded-proto': 'https' }
    const { headers } = await attempt(password, https)
    expect(headers['set-cookie']).toMatch(/^__Host-mon_session=.*; Secure$/)
    const cookie = cookieOf(headers)
    expect(await status({ cookie, ...https })).toBe(200)
    expect(await status({ cookie })).toBe(401)
  })

  it('tells a page whether to ask for the password', async () => {
    const { app, logIn } = createServer()
    const state = async (headers = {}) =>
      (await app.inject({ url: '/api/session', headers })).json()
    expect(await state()).toEqual({ authenticated: false, login: true })
    expect(await state(await logIn())).toEqual({
      authenticated: true,
      login: true,
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    })
    expect(await state({ cookie: 'mon_session=made-up' })).toMatchObject({ authenticated: false })
  })

  it('ends the session on logout, and takes its cookie away', async () => {
    const { post, logIn, status } = createServer()
    const mine = await logIn()
    const other = await logIn()
    const answer = await post('/api/logout', undefined, mine)
    expect(answer.statusCode).toBe(204)
    expect(answer.headers['set-cookie']).toContain('mon_session=; Path=/; Max-Age=0')
    expect([await status(mine), await status(other)]).toEqual([401, 200])
    expect((await post('/api/logout')).statusCode).toBe(204)
  })

  it('replaces the session of who logs in again', async () => {
    const { logIn, status } = createServer()
    const first = await logIn()
    const second = await logIn(first)
    expect([await status(first), await status(second)]).toEqual([401, 200])
  })

  it('ends a session a day after its last use', async () => {
    const { logIn, status, clock } = createServer()
    const mine = await logIn()
    clock.seconds = 86_399
    expect(await status(mine)).toBe(200)
    clock.seconds += 86_400
    expect(await status(mine)).toBe(401)
  })

  it('refuses the login of another site before it looks at the password', async () => {
    const { attempt } = createServer()
    const answer = await attempt(password, { origin: 'http://evil.example' })
    expect(answer.json()).toMatchObject({ code: 'ORIGIN_REFUSED' })
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  it('says in its API description who may ask', async () => {
    const { app } = createServer('a-token')
    const headers = { authorization: 'Bearer a-token' }
    const document = (await app.inject({ url: '/openapi.json', headers })).json()
    expect(document.security).toEqual([{ token: [] }, { session: [] }])
    expect(document.components.securitySchemes.session).toEqual({
      type: 'apiKey',
      in: 'cookie',
      name: 'mon_session',
    })
    expect(document.paths['/api/login'].post.security).toEqual([])
    expect(document.paths['/api/things'].get).not.toHaveProperty('security')
  })
})

describe('A server without a password', () => {
  it('has no login', async () => {
    const { app } = createSampleServer({ token: 'a-token' })
    closing.push(() => app.close())
    app.register(sessionRoutes({ token: 'a-token' }))
    expect((await app.inject('/api/session')).json()).toEqual({
      authenticated: false,
      login: false,
    })
    const answer = await app.inject({ method: 'POST', url: '/api/login', payload: { password } })
    expect(answer.json()).toMatchObject({
      status: 404,
      hint: expect.stringContaining('mon hash-password'),
    })
  })
})

describe('Attempts to log in', () => {
  it('are refused with growing waits, and say how long', async () => {
    const { attempt, clock } = createServer()
    for (let n = 0; n < 5; n++) {
      expect((await attempt(`wrong ${n}`)).json()).toMatchObject({
        status: 401,
        code: 'WRONG_PASSWORD',
      })
    }
    const early = await attempt(password)
    expect(early.json()).toMatchObject({ status: 429, code: 'TOO_MANY_ATTEMPTS' })
    expect(early.headers['retry-after']).toBe('1')
    clock.seconds += 1
    expect((await attempt('wrong again')).statusCode).toBe(401)
    expect((await attempt('wrong again')).headers['retry-after']).toBe('2')
    clock.seconds += 2
    expect((await attempt(password)).statusCode).toBe(204)
    expect((await attempt('wrong')).statusCode).toBe(401)
  })

  it('made all at once are no more than made one by one', async () => {
    const { attempt } = createServer()
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt('wrong')))
    const tried = answers.filter(({ statusCode }) => statusCode === 401)
    expect(tried).toHaveLength(5)
  })

  it('of many addresses are slowed down together, but not where someone has logged in', async () => {
    const { attempt } = createServer()
    const from = (address: string) => ({ 'x-forwarded-for': address })
    expect((await attempt(password, from('192.0.2.1'))).statusCode).toBe(204)
    let tried = 0
    for (let n = 0; n < 200; n++) {
      const { statusCode } = await attempt('wrong', from(`10.0.${n}.1`))
      if (statusCode === 401) tried += 1
    }
    expect(tried).toBe(50)
    expect((await attempt(password, from('10.9.9.9'))).statusCode).toBe(429)
    expect((await attempt(password, from('192.0.2.1'))).statusCode).toBe(204)
  })

  it('are logged with the address, and never with the password', async () => {
    const { attempt, logged } = createServer()
    const headers = { 'x-forwarded-for': '192.0.2.7' }
    await attempt('hunter2', headers)
    await attempt(password, headers)
    const lines = logged.map((line) => JSON.parse(line)).filter(({ address }) => address)
    expect(lines.map(({ address, msg }) => `${address} ${msg}`)).toEqual([
      '192.0.2.7 login: wrong password',
      '192.0.2.7 login: accepted',
    ])
    expect(logged.join()).not.toMatch(/hunter2|correct horse|mon_session/)
  })

  it('let nobody in by any other body, and never fail inside', async () => {
    const { app, login } = createServer()
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(1025)))
    const body = fc.oneof(
      fc.record({ password: fc.oneof(text, fc.jsonValue()) }),
      fc.dictionary(fc.oneof(fc.constant('password'), fc.string()), fc.jsonValue()),
      fc.jsonValue(),
    )
    const payload = fc.oneof(
      body.map((value) => JSON.stringify(value)),
      fc.string(),
    )
    let address = 0
    await fc.assert(
      fc.asyncProperty(payload, async (sent) => {
        address += 1
        const answer = await app.inject({
          method: 'POST',
          url: '/api/login',
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': `10.1.${address >> 8}.${address & 255}`,
          },
          payload: sent,
        })
        expect([400, 401, 429]).toContain(answer.statusCode)
        expect(answer.headers['content-type']).toBe(PROBLEM_TYPE)
        expect(answer.headers).not.toHaveProperty('set-cookie')
      }),
      { numRuns: 500 },
    )
    expect(login.sessions.use('')).toBe(false)
  })
})

describe('On a real connection', () => {
  async function start() {
    const server = createServer()
    return { ...server, url: await listen(server.app, { host: '127.0.0.1', port: 0 }) }
  }

  /** Opens the event stream and waits for its first bytes. */
  async function follow(url: string, cookie: string): Promise<IncomingMessage> {
    const request = get(`${url}/api/stream`, { headers: { cookie } })
    const [response] = await once(request, 'response')
    await once(response, 'data')
    return response
  }

  it('an event stream ends with the session that opened it', async () => {
    const { url, logIn } = await start()
    const { cookie } = await logIn()
    const other = await follow(url, (await logIn()).cookie)
    const stream = await follow(url, cookie)
    const ended = once(stream, 'close').catch(() => undefined)
    stream.on('error', () => {})
    const answer = await fetch(`${url}/api/logout`, { method: 'POST', headers: { cookie } })
    expect(answer.status).toBe(204)
    await ended
    expect(other.destroyed).toBe(false)
    other.destroy()
  })

  it('an open event stream keeps its session from being idle', async () => {
    const { url, logIn, status, clock, login } = await start()
    const { cookie } = await logIn()
    const stream = await follow(url, cookie)
    clock.seconds = 3 * 86_400
    login.sessions.endExpired()
    expect(stream.destroyed).toBe(false)
    expect(await status({ cookie })).toBe(200)
    stream.destroy()
  })

  it('strangers who ask too much are told to wait; who has a session is not', async () => {
    const { url, logIn } = await start()
    const { cookie } = await logIn()
    const ask = (headers = {}) => fetch(`${url}/api/things`, { headers })
    let told: Response | undefined
    for (let asked = 0; told === undefined && asked < 10_000; asked += 100) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => ask()))
      told = answers.find(({ status }) => status === 429)
    }
    expect(await told?.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(told?.headers.get('retry-after')).toBe('1')
    expect((await ask({ cookie })).status).toBe(200)
  })
})

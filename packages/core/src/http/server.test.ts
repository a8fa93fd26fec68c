import { hostname } from 'node:os'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, describe, expect, it } from 'vitest'
import { PROBLEM_TYPE, Problem } from './problem.js'
import { createSampleServer } from './sample-server.js'

const { app, logged } = createSampleServer()
afterAll(() => app.close())

describe('Every answer', () => {
  it.each([
    ['a route', 'GET', '/api/things'],
    ['no route', 'GET', '/nowhere'],
    ['an address that cannot be decoded', 'GET', '/%zz'],
    ['a parameter too long to look at', 'GET', `/api/things/${'1'.repeat(200)}`],
    ['a failure', 'GET', '/api/fails'],
    ['HEAD', 'HEAD', '/api/things'],
    ['a method nobody serves', 'TRACE', '/api/things'],
  ] as const)('of %s has a request id and the safety headers', async (_, method, url) => {
    const { headers } = await app.inject({ method, url })
    expect(headers).toMatchObject({
      'x-request-id': expect.stringMatching(/^[\w-]{22,}$/),
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })

  it('has an id of its own, whatever the request brings', async () => {
    const headers = { 'x-request-id': 'mine', 'request-id': 'mine' }
    const answers = await Promise.all([1, 2].map(() => app.inject({ url: '/healthz', headers })))
    const ids = answers.map((answer) => answer.headers['x-request-id'])
    expect(new Set([...ids, 'mine']).size).toBe(3)
  })
})

describe('A request that is not for us', () => {
  it.each(['/', '/healthz', '/api/things', '/nowhere', '/%zz', '/docs', '/openapi.json'])(
    'is refused at %s by its Host before anything else',
    async (url) => {
      const answer = await app.inject({ url, headers: { host: 'evil.example' } })
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ code: 'HOST_REFUSED' })
    },
  )

  it('is refused by its Origin, before its body is looked at', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/things',
      headers: { origin: 'http://evil.example', 'content-type': 'application/json' },
      payload: '{ not json',
    })
    expect(answer.json()).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' })
  })

  it('cannot hide the API behind percent signs', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const answer = await app.inject({ url: '/%61pi/things', headers })
    expect(answer.json()).toMatchObject({ code: 'ORIGIN_REFUSED' })
  })

  it('is welcome under the name of the machine and under an allowed one', async () => {
    const { app } = createSampleServer({ allowed_hosts: ['mon.example'] })
    for (const host of [hostname(), 'mon.example:8443']) {
      expect(await app.inject({ url: '/healthz', headers: { host } })).toMatchObject({
        statusCode: 200,
      })
    }
    await app.close()
  })
})

describe('A request that is not valid', () => {
  it('is told all its faults', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/things',
      payload: { name: '', count: '7', x: 1 },
    })
    expect(answer.headers['content-type']).toBe(PROBLEM_TYPE)
    expect(answer.json()).toEqual({
      type: 'urn:mon:error:REQUEST_INVALID',
      title: 'The request is not valid',
      status: 400,
      code: 'REQUEST_INVALID',
      detail: expect.stringContaining('body.x is not known'),
      instance: answer.headers['x-request-id'],
      errors: [
        { path: 'body.x', message: 'is not known (known: name, token, count, mode, tags, labels)' },
        {
          path: 'body.name',
          message: expect.stringContaining('must NOT have fewer than 1 characters'),
        },
        { path: 'body.count', message: 'must be integer or null (got a text of 1 characters)' },
      ],
    })
  })

  it('may have numbers, lists and flags in its query, and gets the defaults', async () => {
    const answer = await app.inject('/api/things?id=7&all=true')
    expect(answer.json()).toEqual({ limit: 100, id: [7], all: true })
  })

  it.each([
    ['/api/things?limit=1001', 'query.limit must be <= 1000 (got 1001).'],
    ['/api/things?limit=ten', 'query.limit must be integer (got "ten").'],
    ['/api/things?lmit=10', 'query.lmit is not known (known: limit, id, all, since).'],
    ['/api/things?since=yesterday', 'query.since must match format "date-time" (got "yesterday").'],
    ['/api/things/seven', 'params.id must be integer (got "seven").'],
  ])('%s is told what is wrong', async (url, detail) => {
    expect((await app.inject(url)).json()).toMatchObject({ code: 'REQUEST_INVALID', detail })
  })

  it.each([
    ['malformed JSON', 'application/json', '{ not json', 400, 'REQUEST_INVALID'],
    ['an empty body', 'application/json', '', 400, 'REQUEST_INVALID'],
    ['a forbidden key', 'application/json', '{"__proto__":{}}', 400, 'REQUEST_INVALID'],
    ['another media type', 'text/xml', '<a/>', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a form', 'application/x-www-form-urlencoded', 'name=a', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a huge body', 'application/json', `"${'x'.repeat(300_000)}"`, 413, 'REQUEST_TOO_LARGE'],
  ])('with %s is refused', async (_, type, payload, status, code) => {
    const headers = { 'content-type': type }
    const answer = await app.inject({ method: 'POST', url: '/api/things', headers, payload })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ status, code })
  })
})

describe('An error', () => {
  it('of the catalogue is answered whole, whatever the schema of the route says', async () => {
    expect((await app.inject('/api/taken')).json()).toMatchObject({
      status: 409,
      code: 'SERVER_NAME_TAKEN',
      title: 'Another server has this name',
      detail: 'There is one called gpu-01.',
      hint: 'Choose another.',
    })
  })

  it.each(['/api/fails', '/api/elsewhere-fails'])(
    'at %s that nobody foresaw tells nothing of the inside',
    async (url) => {
      const answer = await app.inject(url)
      expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' })
      expect(answer.body).not.toMatch(/hunter2|at .*\.ts/)
      expect(answer.headers).not.toHaveProperty('content-disposition')

      const id = String(answer.headers['x-request-id'])
      const lines = logged.filter((line) => line.includes(id)).map((line) => JSON.parse(line))
      expect(lines).toContainEqual(
        expect.objectContaining({
          level: 50,
          err: expect.objectContaining({ message: expect.stringContaining('hunter2') }),
        }),
      )
    },
  )

  it('of a schema that cannot be compiled stays with the plugin whose route it is', async () => {
    const { app } = createSampleServer()
    const failures: unknown[] = []
    app.register(async (context) => {
      try {
        context.post(
          '/api/broken',
          { schema: { body: Type.Unsafe({ type: 'strnig' }) } },
          async () => 1,
        )
      } catch (error) {
        failures.push(error)
      }
    })
    expect(await app.inject('/healthz')).toMatchObject({ statusCode: 200 })
    expect(failures).toHaveLength(1)
    await app.close()
  })
})

describe('The log', () => {
  it('has one line for a request, at debug, and never a header', async () => {
    const { app, logged } = createSampleServer({ token: 'hunter2' })
    const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter2' }
    await app.inject({ url: '/api/things', headers })
    await app.inject({
      url: '/api/things',
      headers: { ...headers, authorization: 'Bearer hunter22' },
    })
    await app.close()

    const lines = logged.map((line) => JSON.parse(line))
    expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      '20 answered',
      '40 This address needs a valid token or a session.',
      '20 answered',
    ])
    expect(lines[0]).toMatchObject({ method: 'GET', url: '/api/things', status: 200 })
    expect(logged.join()).not.toContain('hunter2')
  })
})

describe('Whatever is sent', () => {
  const key = fc.oneof(
    fc.constantFrom('name', 'count', 'mode', 'tags', 'labels', 'token'),
    fc.string(),
  )
  const queryKey = fc.oneof(fc.constantFrom('limit', 'id', 'all', 'since'), fc.string())
  const request = fc.oneof(
    fc.record({
      method: fc.constant('POST' as const),
      url: fc.constant('/api/things'),
      payload: fc
        .oneof(fc.dictionary(key, fc.jsonValue()), fc.jsonValue())
        .map((body) => JSON.stringify(body)),
    }),
    fc.record({
      method: fc.constant('GET' as const),
      url: fc
        .array(fc.tuple(queryKey, fc.oneof(fc.string(), fc.integer().map(String))))
        .map((pairs) => `/api/things?${new URLSearchParams(pairs)}`),
    }),
    fc.record({
      method: fc.constantFrom('GET' as const, 'DELETE' as const),
      url: fc.string().map((path) => `/api/things/${path.replace(/[\s#]/g, '')}`),
    }),
  )

  it('is answered with success or a problem, never with a failure', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await app.inject({ ...sent, headers })
        expect(answer.statusCode).toBeLessThan(500)
        if (answer.statusCode < 300) return
        expect(answer.headers['content-type']).toBe(PROBLEM_TYPE)
        expect(Check(Problem, answer.json())).toBe(true)
        expect(answer.json().status).toBe(answer.statusCode)
      }),
      { numRuns: 500 },
    )
  })
})

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createTokenCheck } from './auth.js'
import { createSampleServer } from './sample-server.js'

describe('A server with a token', () => {
  const { app } = createSampleServer({ token: 'secret' })
  afterAll(() => app.close())

  it.each(['/api/things', '/openapi.json', '/docs', '/nowhere'])(
    'asks for it at %s',
    async (url) => {
      const answer = await app.inject(url)
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.json()).toMatchObject({ code: 'UNAUTHORIZED' })
    },
  )

  it('answers those who have it', async () => {
    const headers = { authorization: 'Bearer secret' }
    expect(await app.inject({ url: '/api/things', headers })).toMatchObject({ statusCode: 200 })
    expect(await app.inject({ url: '/nowhere', headers })).toMatchObject({ statusCode: 404 })
  })

  it.each(['GET', 'HEAD'] as const)('tells everybody that it is alive (%s)', async (method) => {
    expect(await app.inject({ method, url: '/healthz' })).toMatchObject({ statusCode: 200 })
  })

  it('looks at Host and Origin first', async () => {
    const headers = { authorization: 'Bearer secret', host: 'evil.example' }
    expect((await app.inject({ url: '/api/things', headers })).json()).toMatchObject({
      code: 'HOST_REFUSED',
    })
  })
})

describe('The token check', () => {
  const isToken = createTokenCheck('secret')

  it.each(['Bearer secret', 'bearer secret', 'BEARER  secret '])('takes %j', (header) => {
    expect(isToken(header)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'secret',
    'Bearer',
    'Bearer ',
    'Bearersecret',
    'Basic secret',
    'Bearer secret x',
  ])('refuses %j', (header) => expect(isToken(header)).toBe(false))

  it('takes its own token and no other', () => {
    const token = fc.stringMatching(/^\S+$/)
    fc.assert(
      fc.property(token, token, (own, given) => {
        expect(createTokenCheck(own)(`Bearer ${given}`)).toBe(own === given)
      }),
    )
  })
})

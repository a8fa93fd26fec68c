import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MonError, messageOf } from './errors.js'
import { maskText } from './secret-text.js'

it.each([
  ['postgres://mon:p@ss:word@db:5432/mon', 'postgres://mon:***@db:5432/mon'],
  ['http://:pw@a and http://b:pw@c', 'http://:***@a and http://b:***@c'],
  ['GET /x?a=1&access_token=abc#top', 'GET /x?a=1&access_token=***#top'],
  ['authorization: Bearer abcd.efgh', 'authorization: Bearer ***'],
  ['{"api_token":"a\\"b","token_file":"./t"}', '{"api_token":"***","token_file":"./t"}'],
  ['ssh://op@host:22/~op, http://host:80/a@b', 'ssh://op@host:22/~op, http://host:80/a@b'],
  ['Make a bearer token and name its token_file', 'Make a bearer token and name its token_file'],
])('In %j the secrets are masked, and nothing else', (text, masked) => {
  expect(maskText(text)).toBe(masked)
})

it('The password of a URL is masked wherever the URL stands', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,20}$/)
  fc.assert(
    fc.property(fc.string(), word, word, fc.string(), (before, user, host, after) => {
      const password = 'p@ss:w0rd!'
      const text = `${before} https://${user}:${password}@${host} ${after}`
      expect(maskText(text)).toContain(`https://${user}:***@${host}`)
      expect(maskText(text)).not.toContain('w0rd!')
    }),
  )
})

it('An error is masked in its message and its hint, whoever wrote them', () => {
  const url = 'http://op:hunter2@host'
  const error = new MonError('INTERNAL', `No way to ${url}.`, { hint: `Try ${url}.` })
  expect([error.message, error.hint, messageOf(new Error(url))].join()).not.toContain('hunter2')
})

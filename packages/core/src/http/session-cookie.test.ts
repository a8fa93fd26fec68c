import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSessionCookie, sessionCookie } from './session-cookie.js'

describe('The session cookie', () => {
  it('is out of reach of scripts and of other sites', () => {
    expect(sessionCookie('abc', 60, false)).toBe(
      'mon_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict',
    )
  })

  it('is bound to this host and to HTTPS, where there is HTTPS', () => {
    expect(sessionCookie('abc', 60, true)).toBe(
      '__Host-mon_session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    )
  })

  it.each([
    ['mon_session=abc', 'abc'],
    ['theme=dark; mon_session=abc; x=y', 'abc'],
    ['other_mon_session=no; mon_session=abc', 'abc'],
    ['theme=dark', null],
    ['mon_session', null],
    ['', null],
    [undefined, null],
  ])('is found in %j', (header, id) => {
    expect(readSessionCookie(header, false)).toBe(id)
  })

  it('of plain HTTP, which a neighbour could have planted, does not count with HTTPS', () => {
    expect(readSessionCookie('mon_session=planted', true)).toBeNull()
  })

  it('is found again whatever stands beside it', () => {
    const other = fc.string().map((text) => `x=${text.replaceAll(';', '')}`)
    fc.assert(
      fc.property(other, other, fc.boolean(), (before, after, isSecure) => {
        const [pair] = sessionCookie('a-b_c', 1, isSecure).split(';')
        expect(readSessionCookie(`${before}; ${pair}; ${after}`, isSecure)).toBe('a-b_c')
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkOrigin, type RequestHead } from './check-origin.js'
import { createHostCheck } from './host-names.js'

const isOwnHost = createHostCheck(['mon.example'], 'gpu-01')

function check(headers: RequestHead['headers'], method = 'GET', path = '/') {
  return checkOrigin({ method, path, headers }, isOwnHost)?.code ?? 'right'
}

describe('The Host header', () => {
  it('must be there', () => {
    expect(check({})).toBe('HOST_REFUSED')
    expect(check({ host: '' })).toBe('HOST_REFUSED')
  })

  it('of another name is refused, and the key that would allow it is named', () => {
    const error = checkOrigin(
      { method: 'GET', path: '/', headers: { host: 'evil.example' } },
      isOwnHost,
    )
    expect(error?.message).toBe('"evil.example" is not a name of this machine.')
    expect(error?.hint).toContain('`allowed_hosts`')
  })

  it('is refused even where Origin agrees with it, as it does after DNS rebinding', () => {
    const headers = {
      host: 'evil.example:7880',
      origin: 'http://evil.example:7880',
      'sec-fetch-site': 'same-origin',
    }
    expect(check(headers, 'POST', '/api/servers')).toBe('HOST_REFUSED')
  })
})

describe('The Origin header', () => {
  it.each([
    ['localhost:7880', 'http://localhost:7880'],
    ['LocalHost:7880', 'http://localhost:7880'],
    ['mon.example', 'http://mon.example'],
    ['mon.example:80', 'http://mon.example'],
    ['[::1]:7880', 'http://[::1]:7880'],
    ['127.0.0.1:7880', 'http://127.0.0.1:7880'],
  ])('of a page at %s is %s', (host, origin) => {
    expect(check({ host, origin }, 'POST', '/api/servers')).toBe('right')
  })

  it.each([
    ['another host', 'http://evil.example'],
    ['another port', 'http://localhost:3000'],
    ['no port', 'http://localhost'],
    ['another name of this machine', 'http://127.0.0.1:7880'],
    ['https', 'https://localhost:7880'],
    ['a sandboxed page', 'null'],
    ['nothing', ''],
    ['a path', 'http://localhost:7880/'],
    ['two origins', 'http://localhost:7880, http://evil.example'],
    ['an extension', 'chrome-extension://localhost:7880'],
  ])('of %s is refused', (_, origin) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(check({ host: 'localhost:7880', origin }, method)).toBe('ORIGIN_REFUSED')
    }
  })

  it('may be https behind a proxy that ends TLS, if the browser itself calls it the same', () => {
    const headers = { host: 'mon.example', origin: 'https://mon.example' }
    expect(check({ ...headers, 'sec-fetch-site': 'same-origin' }, 'POST')).toBe('right')
    expect(check({ ...headers, 'sec-fetch-site': 'cross-site' }, 'POST')).toBe('ORIGIN_REFUSED')
    expect(check(headers, 'POST')).toBe('ORIGIN_REFUSED')
  })

  it('is right for no origin but the own one', () => {
    const origins = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.string(),
    )
    fc.assert(
      fc.property(origins, (origin) => {
        fc.pre(origin !== 'http://localhost:7880')
        expect(check({ host: 'localhost:7880', origin }, 'POST')).toBe('ORIGIN_REFUSED')
      }),
    )
  })
})

describe('Sec-Fetch-Site', () => {
  const host = 'localhost:7880'
  const link = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

  it('lets a link on another site lead to a page', () => {
    expect(check(link, 'GET', '/')).toBe('right')
    expect(check(link, 'GET', '/servers/7')).toBe('right')
    expect(check({ ...link, 'sec-fetch-site': 'same-site' }, 'GET', '/apiary')).toBe('right')
  })

  it.each(['/api', '/api/servers', '/v1/snapshot'])('lets no other site reach %s', (path) => {
    expect(check(link, 'GET', path)).toBe('ORIGIN_REFUSED')
  })

  it.each([
    ['a form', 'POST', 'navigate'],
    ['a script', 'GET', 'no-cors'],
    ['an image', 'GET', 'no-cors'],
    ['a fetch', 'GET', 'cors'],
    ['a socket', 'GET', 'websocket'],
    ['a call', 'DELETE', 'cors'],
  ])('refuses %s of another site', (_, method, mode) => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { host, 'sec-fetch-site': site, 'sec-fetch-mode': mode }
      expect(check(headers, method, '/')).toBe('ORIGIN_REFUSED')
    }
  })

  it.each(['same-origin', 'none', undefined])('%s is right for the API', (site) => {
    const headers = site === undefined ? { host } : { host, 'sec-fetch-site': site }
    expect(check(headers, 'DELETE', '/api/servers/7')).toBe('right')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MonError } from '../errors.js'
import { formatListen, isLoopback, parseListen } from './listen.js'

describe('The listen key', () => {
  it.each([
    ['127.0.0.1:7881', { host: '127.0.0.1', port: 7881 }],
    ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
    ['[::1]:7881', { host: '::1', port: 7881 }],
    ['[::]:0', { host: '::', port: 0 }],
    ['localhost:65535', { host: 'localhost', port: 65_535 }],
    ['Gpu-01.Corp.example:7881', { host: 'gpu-01.corp.example', port: 7881 }],
  ])('reads %s', (text, address) => {
    expect(parseListen(text)).toEqual(address)
  })

  it.each([
    ['', 'Write host:port, for example 127.0.0.1:7880.'],
    ['7881', 'Write host:port, for example 127.0.0.1:7881, or 0.0.0.0:7881 for every network.'],
    [':7881', 'Write host:port, for example 127.0.0.1:7881, or 0.0.0.0:7881 for every network.'],
    ['*:7881', 'Write host:port, for example 127.0.0.1:7881, or 0.0.0.0:7881 for every network.'],
    ['::1', 'Write host:port, for example [::1]:7880.'],
    ['127.0.0.1', 'Write host:port, for example 127.0.0.1:7880.'],
    ['127.0.0.1:', 'Write host:port, for example 127.0.0.1:7880.'],
    ['127.0.0.1:65536', 'Write host:port, for example 127.0.0.1:7880.'],
    ['127.0.0.1:-1', 'Write host:port, for example 127.0.0.1:7880.'],
    ['127.1:80', 'Write host:port, for example 127.0.0.1:7880.'],
    ['999.1.1.1:80', 'Write host:port, for example 127.0.0.1:7880.'],
    ['[127.0.0.1]:80', 'Write host:port, for example 127.0.0.1:7880.'],
    ['http://127.0.0.1:80', 'Write host:port, for example 127.0.0.1:7880.'],
    ['a b:80', 'Write host:port, for example 127.0.0.1:7880.'],
    ['-a:80', 'Write host:port, for example 127.0.0.1:7880.'],
  ])('refuses %j and shows how to write it', (text, hint) => {
    expect(() => parseListen(text)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint }),
    )
  })

  it('reads back what it writes', () => {
    const address = fc.record({
      host: fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()),
      port: fc.nat(65_535),
    })
    fc.assert(
      fc.property(address, (given) => {
        expect(parseListen(formatListen(given))).toEqual({
          ...given,
          host: given.host.toLowerCase(),
        })
      }),
    )
  })

  it('answers any text with an address or a MonError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]:.0-9a-z]{0,20}$/)), (text) => {
        try {
          expect(parseListen(text).port).toBeLessThanOrEqual(65_535)
        } catch (error) {
          expect(error).toBeInstanceOf(MonError)
        }
      }),
    )
  })
})

describe('A host', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost'])(
    '%s is loopback',
    (host) => expect(isLoopback(host)).toBe(true),
  )

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '128.0.0.1',
    '::2',
    '::ffff:10.0.0.1',
    'localhost.example',
    'gpu-01',
    '',
  ])('%j is not loopback', (host) => expect(isLoopback(host)).toBe(false))
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHostCheck, hostName } from './host-names.js'

describe('The name in a Host header', () => {
  it.each([
    ['localhost', 'localhost'],
    ['LOCALHOST:7880', 'localhost'],
    ['localhost.:7880', 'localhost'],
    ['gpu_01.example', 'gpu_01.example'],
    ['127.0.0.1:7880', '127.0.0.1'],
    ['[::1]:7880', '::1'],
    ['[::FFFF:7f00:1]', '::ffff:7f00:1'],
  ])('of %s is %s', (header, name) => {
    expect(hostName(header)).toBe(name)
  })

  it.each([
    undefined,
    '',
    ':80',
    'a b',
    'a..b',
    '.',
    'user@localhost',
    'localhost:80:80',
    'localhost/',
    'localhost\\@evil',
    '[::1',
    '::1',
    '[evil]',
    '[1.2.3.4]',
    'localhost, evil.example',
  ])('is none in %j', (header) => {
    expect(hostName(header)).toBeNull()
  })

  it('is found in, or refused from, any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(hostName(text) ?? '').toMatch(/^[a-z0-9_.:-]*$/)
      }),
    )
  })
})

describe('A machine', () => {
  const isOwn = createHostCheck(['Mon.Example.com', 'other.example:8443'], 'GPU-01.corp.example')

  it.each([
    'localhost',
    'mon.localhost',
    '127.0.0.1',
    '10.1.2.3',
    '::1',
    'fe80::1',
    'gpu-01',
    'gpu-01.local',
    'gpu-01.corp.example',
    'mon.example.com',
    'other.example',
  ])('answers to %s', (name) => {
    expect(isOwn(name)).toBe(true)
  })

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evillocalhost',
    'mon.example.com.evil.example',
    'sub.mon.example.com',
    'gpu-01.evil.example',
    'gpu-02',
    '127.0.0.1.evil.example',
    '127.1',
    '2130706433',
  ])('does not answer to %s', (name) => {
    expect(isOwn(name)).toBe(false)
  })

  it.each(['https://mon.example.com', 'mon.example.com/path', '*.example.com', ''])(
    'does not start with %j among allowed_hosts',
    (entry) => {
      expect(() => createHostCheck([entry], 'gpu-01')).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      )
    },
  )
})

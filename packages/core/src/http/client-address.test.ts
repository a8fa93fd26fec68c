import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressKey } from './client-address.js'

it.each([
  ['10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::10.0.0.7', '64:ff9b:0:0::/64'],
  ['203.0.113.9:4711', 'unknown'],
  ['', 'unknown'],
  ['no address at all', 'unknown'],
])('%j counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

it('All addresses of an IPv6 network count as one, and no others with them', () => {
  const group = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16))
  const four = fc.tuple(group, group, group, group).map((groups) => groups.join(':'))
  fc.assert(
    fc.property(four, four, four, (network, host, other) => {
      const key = addressKey(`${network}:${host}`)
      expect(addressKey(`${network}::`)).toBe(key)
      expect(addressKey(`${network}:${other}`)).toBe(key)
      expect(addressKey(`${other}:${host}`) === key).toBe(other === network)
    }),
  )
})

it('Whatever a proxy sends is a key of bounded length', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV6(), fc.ipV4()), (text) => {
      expect(addressKey(text).length).toBeLessThan(25)
    }),
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRequestLimit } from './request-limit.js'

function create(max_keys = 10) {
  const clock = { time: 0 }
  const limit = createRequestLimit({ burst: 5, per_second: 2, max_keys, now: () => clock.time })
  return { limit, clock }
}

it('Requests may come in a burst, and then at a steady rate', () => {
  const { limit, clock } = create()
  expect(Array.from({ length: 7 }, () => limit.take('a'))).toEqual([0, 0, 0, 0, 0, 1, 1])
  clock.time = 500
  expect([limit.take('a'), limit.take('a')]).toEqual([0, 1])
  expect(limit.take('b')).toBe(0)
})

it('Requests that pass are never more than burst and rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 })), (pauses) => {
      const { limit, clock } = create()
      let passed = 0
      for (const pause of pauses) {
        clock.time += pause
        if (limit.take('a') === 0) passed += 1
      }
      expect(passed).toBeLessThanOrEqual(5 + (clock.time / 1000) * 2)
    }),
  )
})

it('Who waits as long as told may pass', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 10 }), (pauses) => {
      const { limit, clock } = create()
      for (const pause of pauses) {
        clock.time += pause
        const wait_s = limit.take('a')
        if (wait_s === 0) continue
        clock.time += wait_s * 1000
        expect(limit.take('a')).toBe(0)
      }
    }),
  )
})

it('Requests of many addresses cost bounded memory', () => {
  const { limit } = create(2)
  for (let n = 0; n < 6; n++) limit.take('a')
  limit.take('b')
  limit.take('c')
  expect(limit.take('a')).toBe(0)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAttemptLimit } from './attempt-limit.js'

function create(options = {}) {
  const clock = { time: 1000 }
  const limit = createAttemptLimit({
    free: 3,
    max_wait_s: 8,
    forget_after_s: 60,
    max_keys: 100,
    now: () => clock.time,
    ...options,
  })
  return {
    limit,
    wait: (seconds: number) => {
      clock.time += seconds * 1000
    },
  }
}

describe('Attempts', () => {
  it('wait twice as long each time, up to a limit', () => {
    const { limit, wait } = create()
    const waits = Array.from({ length: 8 }, () => {
      limit.begin('a')
      const seconds = limit.waitFor('a')
      wait(seconds)
      expect(limit.waitFor('a')).toBe(0)
      return seconds
    })
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 8, 8])
  })

  it('of one key are not counted against another', () => {
    const { limit } = create()
    for (let n = 0; n < 5; n++) limit.begin('a')
    expect(limit.waitFor('b')).toBe(0)
  })

  it('are forgotten after a right one, and after a while', () => {
    const { limit, wait } = create()
    for (let n = 0; n < 5; n++) limit.begin('a')
    limit.forgive('a')
    expect(limit.waitFor('a')).toBe(0)
    for (let n = 0; n < 5; n++) limit.begin('a')
    wait(60)
    limit.begin('a')
    expect(limit.waitFor('a')).toBe(0)
  })

  it('cost bounded memory: those of the oldest key are forgotten', () => {
    const { limit } = create({ max_keys: 2 })
    for (let n = 0; n < 5; n++) limit.begin('a')
    limit.begin('b')
    limit.begin('c')
    expect(limit.waitFor('a')).toBe(0)
  })

  it('of who never stops are few, however they are spread over time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }), (pauses) => {
        const { limit, wait } = create()
        let elapsed = 0
        let made = 0
        for (const pause of pauses) {
          wait(pause)
          elapsed += pause
          if (limit.waitFor('a') > 0) continue
          limit.begin('a')
          made += 1
        }
        // 3 free ones, 3 on the way to the longest wait, then one in 8 s.
        expect(made).toBeLessThanOrEqual(6 + elapsed / 8)
      }),
    )
  })
})

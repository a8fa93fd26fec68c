import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOMENTS, nextPoll, phaseOf } from './schedule.js'

const schedule = fc.record({
  interval: fc.integer({ min: 1000, max: 3_600_000 }),
  phase: fc.integer({ min: 0, max: 100_000 }).map(phaseOf),
})
const start = fc.double({ min: 0, max: 1e10, noNaN: true })

test('a poll is followed in its own slot: on one grid for ever, at most one and a half intervals later', () => {
  fc.assert(
    fc.property(
      schedule,
      start,
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      (s, started, took) => {
        const next = nextPoll(s, started, started + took * s.interval)
        const slots = next / s.interval - s.phase
        expect(Math.abs(slots - Math.round(slots))).toBeLessThan(1e-6)
        expect(next - started).toBeGreaterThan(0.4999 * s.interval)
        expect(next - started).toBeLessThan(1.5001 * s.interval)
      },
    ),
  )
})

test('a timer that fires a little early or late does not make a server drift', () => {
  fc.assert(
    fc.property(schedule, fc.array(fc.double({ min: -1, max: 300, noNaN: true })), (s, delays) => {
      const first = nextPoll(s, 0, 0)
      let due = first
      for (const delay of delays) due = nextPoll(s, due + delay, due + delay)
      expect(due).toBeCloseTo(first + delays.length * s.interval, 1)
    }),
  )
})

test('the next poll never lies in the past, nor beyond two intervals unless this one took longer', () => {
  fc.assert(
    fc.property(
      schedule,
      start,
      fc.double({ min: 0, max: 20, noNaN: true }),
      (s, started, took) => {
        const now = started + took * s.interval
        const next = nextPoll(s, started, now)
        expect(next).toBeGreaterThanOrEqual(now)
        expect(next).toBeLessThanOrEqual(Math.max(now, started + 2 * s.interval))
      },
    ),
  )
})

test.each([20, 100, 1000, 10_000])('%i servers are spread evenly over the interval', (count) => {
  const together = new Map<number, number>()
  for (let id = 1; id <= count; id += 1) {
    together.set(phaseOf(id), (together.get(phaseOf(id)) ?? 0) + 1)
  }
  const fair = count / MOMENTS
  expect(Math.min(...together.values())).toBeGreaterThanOrEqual(fair - 2)
  expect(Math.max(...together.values())).toBeLessThanOrEqual(fair + 2)
})

test('a few servers are asked one by one', () => {
  const phases = Array.from({ length: 10 }, (_, id) => phaseOf(id + 1))
  expect(new Set(phases).size).toBe(10)
})

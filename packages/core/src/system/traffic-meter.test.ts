import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Counters, createTrafficMeter } from './traffic-meter.js'

const counters = (all: Record<string, [number, number]>): Counters => new Map(Object.entries(all))
const everything = (names: string[]) => names

test('rates are bytes per second over the time between two readings', () => {
  const meter = createTrafficMeter(everything)
  expect(meter.update(counters({ a: [0, 0], b: [1000, 0] }), 0)).toEqual([null, null])
  expect(meter.update(counters({ a: [500, 100], b: [2500, 0] }), 2000)).toEqual([1000, 50])
})

test('a counter that fell back makes one interval unknown, the next is right', () => {
  const meter = createTrafficMeter(everything)
  meter.update(counters({ a: [1000, 1000], b: [0, 0] }), 0)
  expect(meter.update(counters({ a: [10, 2000], b: [50, 50] }), 1000)).toEqual([null, null])
  expect(meter.update(counters({ a: [30, 2000], b: [50, 60] }), 2000)).toEqual([20, 10])
})

test('a device that appears or vanishes makes no jump', () => {
  const meter = createTrafficMeter(everything)
  meter.update(counters({ a: [0, 0], gone: [9000, 9000] }), 0)
  expect(meter.update(counters({ a: [10, 20], fresh: [7000, 7000] }), 1000)).toEqual([10, 20])
  expect(meter.update(counters({ fresh: [7001, 7002] }), 2000)).toEqual([1, 2])
})

test('with no device in common, or no time passed, the rates are unknown', () => {
  const meter = createTrafficMeter(everything)
  meter.update(counters({ a: [0, 0] }), 0)
  expect(meter.update(counters({ b: [5, 5] }), 1000)).toEqual([null, null])
  expect(meter.update(counters({ b: [6, 6] }), 1000)).toEqual([null, null])
  expect(meter.update(null, 2000)).toEqual([null, null])
  expect(meter.update(counters({ b: [9, 9] }), 3000)).toEqual([null, null])
})

test('only selected devices count, and the choice is made again when devices change', () => {
  const asked: string[][] = []
  const meter = createTrafficMeter((names) => {
    asked.push(names)
    return names.filter((name) => name !== 'virtual')
  })
  for (const at of [0, 1000, 2000]) {
    meter.update(counters({ a: [at, at], virtual: [at * 9, at * 9] }), at)
  }
  expect(asked).toHaveLength(1)
  expect(meter.update(counters({ a: [2500, 2500], virtual: [0, 0], b: [0, 0] }), 3000)).toEqual([
    500, 500,
  ])
  expect(asked).toHaveLength(2)
  meter.update(counters({ a: [2500, 2500], virtual: [0, 0], b: [0, 0] }), 64_000)
  expect(asked).toHaveLength(3)
})

test('rates are never negative and never NaN', () => {
  const reading = fc.record({
    devices: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.tuple(fc.nat(100), fc.nat(100))),
    at: fc.nat(100),
  })
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 6 }), (readings) => {
      const meter = createTrafficMeter(everything)
      for (const { devices, at } of readings) {
        for (const rate of meter.update(counters(devices), at)) {
          expect(rate === null || (rate >= 0 && Number.isFinite(rate))).toBe(true)
        }
      }
    }),
  )
})

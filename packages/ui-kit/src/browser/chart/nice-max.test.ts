import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisEnd, niceMax } from './nice-max.js'

describe('niceMax', () => {
  it.each([
    [0.3, 0.4],
    [1, 1],
    [3.1, 4],
    [39, 40],
    [61, 80],
    [1200, 2000],
  ])('of %d is %d', (greatest, end) => {
    expect(niceMax(greatest)).toBeCloseTo(end)
  })

  it('is round in the unit that bytes are written in', () => {
    expect(niceMax(70 * 1024 ** 2, 1024)).toBe(80 * 1024 ** 2)
    expect(niceMax(900 * 1024, 1024)).toBe(1024 ** 2)
    expect(niceMax(512, 1024)).toBe(600)
  })

  it('is 1 where there is nothing to fit', () => {
    for (const nothing of [0, -3, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(niceMax(nothing)).toBe(1)
    }
  })

  it('fits whatever is drawn, and leaves at most half of the chart empty', () => {
    const positive = fc.double({ min: 1e-6, max: 1e15, noNaN: true })
    fc.assert(
      fc.property(positive, fc.constantFrom(1000 as const, 1024 as const), (greatest, base) => {
        const end = niceMax(greatest, base)
        expect(end).toBeGreaterThanOrEqual(greatest)
        expect(end).toBeLessThanOrEqual(greatest * 2.0001)
      }),
    )
  })
})

describe('axisEnd', () => {
  it('of percentages is 100, unless one is beyond', () => {
    expect(axisEnd('percent', 3)).toBe(100)
    expect(axisEnd('percent', 130)).toBe(200)
    expect(axisEnd('celsius', 61)).toBe(80)
  })
})

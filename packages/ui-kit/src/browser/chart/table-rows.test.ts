import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableRows } from './table-rows.js'

describe('The rows of a table', () => {
  it('are the points, newest first, where there are few', () => {
    const data = { ts: [10, 20, 30], series: [{ label: 'a', values: [1, null, 3] }] }
    expect(tableRows(data, { from: 15, to: 30 }, 60)).toEqual({
      step: null,
      rows: [
        { at: 30, cells: [{ min: 3, max: 3 }] },
        { at: 20, cells: [null] },
      ],
    })
  })

  it('say the least and the greatest of a round stretch of time where there are many', () => {
    const ts = Array.from({ length: 720 }, (_, index) => 1_763_870_400 + index * 5)
    const values = ts.map((_, index) => index % 100)
    const range = { from: Number(ts[0]), to: Number(ts.at(-1)) }
    const { step, rows } = tableRows({ ts, series: [{ label: 'a', values }] }, range, 60)
    expect(step).toBe(120)
    expect(rows).toHaveLength(30)
    expect(rows[0]).toEqual({ at: 1_763_870_400 + 29 * 120, cells: [{ min: 0, max: 99 }] })
  })

  it('are never more than the limit, and hide no peak', () => {
    const point = fc.record({
      pause: fc.integer({ min: 1, max: 5000 }),
      low: fc.option(fc.integer({ min: 0, max: 100 })),
      lift: fc.integer({ min: 0, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 300 }), (points) => {
        let at = 1_763_870_000
        const ts = points.map(({ pause }) => {
          at += pause
          return at
        })
        const min = points.map(({ low }) => low)
        const max = points.map(({ low, lift }) => (low === null ? null : low + lift))
        const data = { ts, series: [{ label: 'a', values: min, min, max }] }
        const { rows } = tableRows(data, { from: Number(ts[0]), to: at }, 20)
        expect(rows.length).toBeLessThanOrEqual(20)
        const known = <T>(values: readonly (T | null)[]) => values.filter((value) => value !== null)
        const cells = known(rows.flatMap((row) => row.cells))
        expect(Math.max(...cells.map((cell) => cell.max))).toBe(Math.max(...known(max)))
        expect(Math.min(...cells.map((cell) => cell.min))).toBe(Math.min(...known(min)))
        const times = rows.map((row) => row.at)
        expect(times).toEqual([...times].sort((a, b) => b - a))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChartColumn } from './chart-data.js'
import { findGaps } from './gaps.js'

/** A point every 10 s from 0 on. */
function chart(...columns: ChartColumn[]) {
  return {
    ts: Array.from({ length: columns[0]?.length ?? 0 }, (_, index) => index * 10),
    series: columns.map((values, index) => ({ label: `line ${index}`, values })),
  }
}

describe('Gaps', () => {
  it('reach from the last known point to the next', () => {
    expect(findGaps(chart([1, 2, null, null, 5, 6]), { from: 0, to: 50 })).toEqual([
      { from: 10, to: 40, series: [0] },
    ])
  })

  it('reach to the end where nothing came any more', () => {
    expect(findGaps(chart([1, 2, null]), { from: 0, to: 25 })).toMatchObject([{ from: 10, to: 25 }])
    expect(findGaps(chart([1, 2, 3]), { from: 0, to: 45 })).toEqual([])
    expect(findGaps(chart([1, 2, 3]), { from: 0, to: 60 })).toMatchObject([{ from: 20, to: 60 }])
  })

  it('do not begin before there was anything to miss', () => {
    expect(findGaps(chart([null, null, 3, 4]), { from: -100, to: 30 })).toEqual([])
  })

  it('are those of one series, or of all that miss the same time', () => {
    const range = { from: 0, to: 40 }
    expect(findGaps(chart([1, null, 3, 4, 5], [1, null, 3, null, 5]), range)).toEqual([
      { from: 0, to: 20, series: [0, 1] },
      { from: 20, to: 40, series: [1] },
    ])
  })

  it('are told of many series only where all miss something', () => {
    const lines = Array.from({ length: 7 }, (_, index) => [1, null, 3, index === 0 ? null : 4, 5])
    const gaps = findGaps(chart(...lines), { from: 0, to: 40 })
    expect(gaps.map(({ from, to }) => [from, to])).toEqual([[0, 20]])
  })

  it('out of sight are left out', () => {
    expect(findGaps(chart([1, null, 3, 4, 5]), { from: 20, to: 40 })).toEqual([])
  })

  it('hold no known point, and every unknown one after the first known', () => {
    const column = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(column, (values) => {
        const { ts, series } = chart(values)
        const to = Number(ts.at(-1)) + 1
        const gaps = findGaps({ ts, series }, { from: -1, to })
        const first = values.findIndex((value) => value !== null)
        for (const [index, at] of ts.entries()) {
          const isInside = gaps.some((gap) => gap.from < at && at < gap.to)
          expect(isInside).toBe(values[index] === null && first >= 0 && index > first)
        }
      }),
    )
  })
})

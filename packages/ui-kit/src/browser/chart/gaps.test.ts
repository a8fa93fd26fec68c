import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChartColumn } from './chart-data.js'
import { findGaps } from './gaps.js'

const data = (ts: number[], ...columns: ChartColumn[]) => ({
  ts,
  series: columns.map((values) => ({ label: '', values })),
})

describe('findGaps', () => {
  it('finds what lies between two points that are known', () => {
    expect(findGaps(data([0, 5, 10, 15, 20], [1, null, null, 4, 5]), 20)).toEqual([
      { from: 0, to: 15 },
    ])
  })

  it('is no gap where one of the series goes on', () => {
    expect(findGaps(data([0, 5, 10], [1, null, 3], [1, 2, 3]), 10)).toEqual([])
  })

  it('is no gap before the first point', () => {
    expect(findGaps(data([0, 5, 10], [null, null, 3]), 10)).toEqual([])
  })

  it('goes on to the end when nothing has come for long, or a miss was told', () => {
    const regular = data([0, 5, 10], [1, 2, 3])
    expect(findGaps(regular, 39)).toEqual([])
    expect(findGaps(regular, 41)).toEqual([{ from: 10, to: 41 }])
    expect(findGaps(data([0, 5, 10], [1, 2, null]), 12)).toEqual([{ from: 5, to: 12 }])
    const hourly = data([0, 3600, 7200], [1, 2, 3])
    expect(findGaps(hourly, 7200 + 9000)).toEqual([])
  })

  it('holds every unknown point between known ones, and no known one', () => {
    const column = fc.array(fc.option(fc.integer(), { nil: null }), { maxLength: 40 })
    fc.assert(
      fc.property(column, (values) => {
        const ts = values.map((_, index) => index * 5)
        const gaps = findGaps(data(ts, values), ts.at(-1) ?? 0)
        const first = values.findIndex((value) => value !== null)
        for (const [index, at] of ts.entries()) {
          const isInside = gaps.some(({ from, to }) => at > from && at < to)
          const endsInside = gaps.some(({ to }) => at === to && values[index] === null)
          const isMissing = values[index] === null && first >= 0 && index > first
          expect(isInside || endsInside).toBe(isMissing)
        }
      }),
    )
  })
})

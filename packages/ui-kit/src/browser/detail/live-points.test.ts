import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveSeries } from './full-server.js'
import { append, hasValues, lineOf, noPoints } from './live-points.js'

const answer = (more: Partial<LiveSeries>): LiveSeries => ({
  from: 0,
  whole_from: null,
  ts: [],
  series: {},
  ...more,
})

describe('the points of the last hour', () => {
  it('draw a coarse point in the middle of its 30 s, and a whole one where it is', () => {
    const series = { cpu: { min: [10, 40, 50], max: [20, 40, 50] } }
    const points = append(noPoints, answer({ whole_from: 70, ts: [30, 70, 75], series }), 0)
    expect(points.ts).toEqual([45, 70, 75])
    expect(lineOf(points, 'cpu', 'CPU')).toEqual({
      label: 'CPU',
      values: [15, 40, 50],
      min: [10, 40, 50],
      max: [20, 40, 50],
    })
  })

  it('have gaps where a metric was not known, and do not tell of one that never was', () => {
    const series = {
      cpu: { min: [1, null], max: [1, null] },
      fan: { min: [null, null], max: [null, null] },
    }
    const points = append(noPoints, answer({ whole_from: 0, ts: [0, 5], series }), 0)
    expect(lineOf(points, 'cpu', '').values).toEqual([1, null])
    expect(hasValues(points, 'cpu')).toBe(true)
    expect(hasValues(points, 'fan')).toBe(false)
    expect(hasValues(points, 'nobody')).toBe(false)
  })

  it('take in a metric that a plugin has brought since', () => {
    const before = append(
      noPoints,
      answer({ whole_from: 0, ts: [0, 5], series: { cpu: { min: [1, 2], max: [1, 2] } } }),
      0,
    )
    const later = { fan: { min: [7], max: [7] } }
    const points = append(before, answer({ from: 10, whole_from: 10, ts: [10], series: later }), 0)
    expect(lineOf(points, 'cpu', '').values).toEqual([1, 2, null])
    expect(lineOf(points, 'fan', '').values).toEqual([null, null, 7])
  })

  /** What an aggregator would answer: coarse points up to `border`, whole ones after it. */
  function window(from: number, to: number, border: number): LiveSeries {
    const coarse = range(from - (from % 30) + (from % 30 ? 30 : 0), Math.min(to, border), 30)
    const whole = range(Math.max(from + ((5 - (from % 5)) % 5), border), to, 5)
    const ts = [...coarse, ...whole]
    return { from, whole_from: whole[0] ?? null, ts, series: { cpu: { min: ts, max: ts } } }
  }

  it('stay in order without a point twice, however the answers overlap or leave out', () => {
    const second = fc.integer({ min: 0, max: 4000 })
    const call = fc.record({
      from: second,
      length: fc.integer({ min: 0, max: 3600 }),
      border: second,
    })
    fc.assert(
      fc.property(fc.array(call, { maxLength: 6 }), second, (calls, since) => {
        let points = noPoints
        for (const { from, length, border } of calls) {
          const live = window(from, from + length, border - (border % 30))
          points = append(points, live, since)
          for (const [index, at] of points.ts.entries()) {
            expect(at).toBeGreaterThan(points.ts[index - 1] ?? -1)
          }
          for (const { min, max } of points.series.values()) {
            expect([min.length, max.length]).toEqual([points.ts.length, points.ts.length])
          }
          expect(points.ts.slice(points.ts.length - live.ts.length)).toHaveLength(live.ts.length)
        }
      }),
    )
  })
})

function range(from: number, to: number, step: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / step)) },
    (_, i) => from + i * step,
  )
}

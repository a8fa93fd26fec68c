import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveSeries } from './full-server.js'
import {
  append,
  hasValues,
  type LivePoints,
  lineOf,
  noPoints,
  pollInterval,
} from './live-points.js'

/** An answer in which every point is one poll. */
function whole(ts: number[], values: (number | null)[] = ts, from = ts[0] ?? 0): LiveSeries {
  return { from, whole_from: ts[0] ?? null, ts, series: { cpu_pct: { min: values, max: values } } }
}
const columnOf = ({ series }: LivePoints) => series.get('cpu_pct')?.max

describe('What is known of the last hour', () => {
  it('is the first answer, with coarse points in the middle of what they stand for', () => {
    const points = append(
      noPoints,
      {
        from: 0,
        whole_from: 65,
        ts: [0, 30, 65, 70],
        series: { cpu_pct: { min: [1, 2, 5, 6], max: [3, 4, 5, 6] } },
      },
      0,
    )
    expect(points.ts).toEqual([15, 45, 65, 70])
    expect(lineOf(points, 'cpu_pct', 'CPU')).toEqual({
      label: 'CPU',
      values: [2, 3, 5, 6],
      min: [1, 2, 5, 6],
      max: [3, 4, 5, 6],
    })
  })

  it('goes on with the next answer, which may say again what is known', () => {
    const points = append(append(noPoints, whole([5, 10, 15]), 0), whole([10, 15, 20]), 0)
    expect(points.ts).toEqual([5, 10, 15, 20])
    expect(columnOf(points)).toEqual([5, 10, 15, 20])
  })

  it('is torn where an answer does not go on from it: the aggregator was restarted', () => {
    const points = append(append(noPoints, whole([5, 10]), 0), whole([20, 25], [1, 2], 0), 0)
    expect(points.ts).toEqual([5, 10, 15, 20, 25])
    expect(columnOf(points)).toEqual([5, 10, null, 1, 2])
  })

  it('stays while an answer has nothing', () => {
    expect(append(append(noPoints, whole([5, 10]), 0), whole([]), 0).ts).toEqual([5, 10])
  })

  it('gives up what lies too far back, and what a clock that was set back has undone', () => {
    const points = append(noPoints, whole([5, 10, 15]), 0)
    expect(append(points, whole([15, 20]), 10).ts).toEqual([10, 15, 20])
    expect(append(points, whole([7, 12]), 0).ts).toEqual([5, 7, 12])
  })

  it('takes in a metric that was declared later, and one that is gone', () => {
    const later = { ...whole([10, 15]), series: { fans: { min: [7, 7], max: [7, 7] } } }
    const points = append(append(noPoints, whole([5, 10]), 0), later, 0)
    expect(points.series.get('fans')?.min).toEqual([null, 7, 7])
    expect(columnOf(points)).toEqual([5, null, null])
    expect(hasValues(points, 'fans')).toBe(true)
    expect(hasValues(points, 'silent')).toBe(false)
  })

  it('tells how often the server is polled', () => {
    expect(pollInterval(append(noPoints, whole([0, 4.9, 10.1, 15, 20.2]), 0))).toBe(5)
    expect(pollInterval(noPoints)).toBeNull()
  })

  it('holds every poll once and in order, however the answers come', () => {
    const step = fc.record({
      polls: fc.integer({ min: 1, max: 60 }),
      /** How many of the newest polls the aggregator has one by one. */
      wholes: fc.integer({ min: 1, max: 60 }),
      minutes: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let points = noPoints
        let now = 0
        let border = 0
        for (const { polls, wholes, minutes } of steps) {
          const last = points.ts.at(-1) ?? 0
          now += polls * 5
          const enough = Math.max(minutes, Math.ceil((now - last) / 60) + 1)
          // What was given up does not come back.
          border = Math.max(border, Math.floor((now - wholes * 5) / 30) * 30)
          points = append(points, answer(now, border, Math.max(0, now - enough * 60)), now - 3600)
          expect(points.ts).toEqual([...points.ts].sort((a, b) => a - b))
          expect(columnOf(points)).toHaveLength(points.ts.length)
          expect(columnOf(points)).not.toContain(null)
          // Each poll's value is its time, so the newest point has the greatest value of all.
          expect(Math.max(...(columnOf(points) ?? []).map(Number))).toBe(now)
        }
        const values = columnOf(points)?.map(Number) ?? []
        expect(values).toEqual([...new Set(values)])
      }),
    )
  })
})

/** What an aggregator with a poll every 5 s answers: 30 s in one point, and from `border` on one by one. */
function answer(now: number, border: number, from: number): LiveSeries {
  const polls = Array.from({ length: now / 5 }, (_, index) => (index + 1) * 5)
  const ts: number[] = []
  const min: number[] = []
  const max: number[] = []
  for (const at of polls) {
    const time = at < border ? at - (at % 30) : at
    if (time < from) continue
    if (ts.at(-1) === time) max[max.length - 1] = at
    else {
      ts.push(time)
      min.push(at)
      max.push(at)
    }
  }
  const whole_from = ts.find((time) => time >= border) ?? null
  return { from, whole_from, ts, series: { cpu_pct: { min, max } } }
}

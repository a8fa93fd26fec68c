import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveSeries } from './live-series.js'
import { createLiveWindow } from './window.js'

const MIB = 1024 * 1024
const metrics = [{ name: 'cpu_pct' }, { name: 'gpu_temp_c', field: 'gpu_temp_c_max' }]

/** A window with room for all, and a server polled every 5 s. */
function window(budget_bytes = MIB) {
  const live = createLiveWindow({ metrics, budget_bytes })
  return {
    ...live,
    add: (serverId: number, at: number, cpu_pct: unknown) => live.add(serverId, at, { cpu_pct }, 5),
    all: (serverId: number) => live.read(serverId, 0, Number.MAX_SAFE_INTEGER),
  }
}

describe('the live window', () => {
  it('keeps samples as they came, by the names of their metrics', () => {
    const live = createLiveWindow({ metrics, budget_bytes: MIB })
    live.add(1, 100.25, { cpu_pct: 12.3, gpu_temp_c_max: 51, other: 1 }, 5)
    live.add(1, 105.25, { cpu_pct: 0, gpu_temp_c_max: null }, 5)
    expect(live.read(1, 60, 110)).toEqual({
      from: 60,
      to: 110,
      whole_from: 100.25,
      ts: [100.25, 105.25],
      series: {
        cpu_pct: { min: [12.3, 0], max: [12.3, 0] },
        gpu_temp_c: { min: [51, null], max: [51, null] },
      },
    })
  })

  it('answers with nothing of a server it has not heard of', () => {
    expect(window().read(7, 0, 60)).toEqual({
      from: 0,
      to: 60,
      whole_from: null,
      ts: [],
      series: { cpu_pct: { min: [], max: [] }, gpu_temp_c: { min: [], max: [] } },
    })
  })

  it('leaves one gap where polls are missed, however many', () => {
    const live = window()
    live.gap(1, 95)
    live.add(1, 100, 1)
    for (const at of [105, 110, 115]) live.gap(1, at)
    live.add(1, 120, 2)
    const { ts, series } = live.all(1)
    expect(ts).toEqual([100, 105, 120])
    expect(series.cpu_pct?.max).toEqual([1, null, 2])
  })

  it('leaves a gap where nobody asked, as when the machine slept', () => {
    const live = window()
    for (const at of [100, 112, 400]) live.add(1, at, 1)
    expect(live.all(1)).toMatchObject({
      ts: [100, 112, 117, 400],
      series: { cpu_pct: { max: [1, 1, null, 1] } },
    })
  })

  it('begins anew when the clock is set back', () => {
    const live = window()
    for (const at of [1000, 1005, 400, 405]) live.add(1, at, 1)
    expect(live.all(1).ts).toEqual([400, 405])
  })

  it('forgets what is older than an hour, a few minutes at a time', () => {
    const live = window()
    for (let at = 0; at <= 2 * 3600; at += 5) live.add(1, at + 1, at)
    const { ts } = live.all(1)
    expect(ts.at(-1)).toBe(7201)
    expect(ts[0]).toBeGreaterThan(3600 - 300)
    expect(ts[0]).toBeLessThanOrEqual(3601)
  })

  it('frees the memory of a server that is deleted', () => {
    const live = window()
    live.add(1, 100, 1)
    const one = live.bytes()
    live.add(2, 100, 1)
    expect(live.bytes()).toBe(2 * one)
    live.delete(2)
    expect(live.bytes()).toBe(one)
    expect(live.all(2).ts).toEqual([])
  })

  it('keeps nothing where it may not', () => {
    const live = window(0)
    live.add(1, 100, 1)
    expect(live.bytes()).toBe(0)
    expect(live.all(1).ts).toEqual([])
  })

  it('shows every server equally far back when the budget is spent', () => {
    const live = window(MIB / 8)
    for (let at = 0; at < 3600; at += 5) {
      for (let server = 1; server <= 8; server += 1) live.add(server, at + server / 10, at)
    }
    const starts = [1, 2, 3, 4, 5, 6, 7, 8].map((server) => live.all(server))
    for (const { whole_from, ts } of starts) {
      expect(whole_from).toBeGreaterThan(600)
      expect(ts[0]).toBeLessThan(Number(whole_from) - 300)
    }
    const wholeFrom = starts.map(({ whole_from }) => Number(whole_from))
    expect(Math.max(...wholeFrom) - Math.min(...wholeFrom)).toBeLessThanOrEqual(300)
  })
})

const step = fc.record({
  /** None: each in turn. */
  only: fc.option(fc.integer({ min: 1, max: 3 })),
  kind: fc.constantFrom('add', 'add', 'add', 'add', 'gap', 'delete'),
  after: fc.constantFrom(1, 5, 5, 5, 7.5, 29, 61),
  value: fc.oneof(fc.constant(null), fc.float({ noNaN: true, min: -1e6, max: 1e6 })),
})
/** Each run of a step is repeated, so that chunks fill up and are given up. */
const story = fc.array(fc.tuple(step, fc.integer({ min: 1, max: 80 })), { maxLength: 40 })
const budget = fc.integer({ min: 0, max: 20_000 })

/** What the window was told of each server, and what it must hold to at every moment. */
function tell(
  steps: [typeof step extends fc.Arbitrary<infer T> ? T : never, number][],
  budget_bytes: number,
) {
  const live = window(budget_bytes)
  const told = new Map<number, { at: number; value: number }[]>()
  let now = 1000
  for (const [{ only, kind, after, value }, times] of steps) {
    for (let turn = 0; turn < times; turn += 1) {
      const server = only ?? 1 + (turn % 3)
      now += after
      const shaken = value === null ? null : Math.fround(value * Math.cos(turn))
      if (kind === 'add') {
        live.add(server, now, shaken)
        if (shaken !== null)
          told.set(server, [...(told.get(server) ?? []), { at: now, value: shaken }])
      } else if (kind === 'gap') {
        live.gap(server, now)
      } else {
        live.delete(server)
        told.delete(server)
      }
      expect(live.bytes()).toBeLessThanOrEqual(budget_bytes)
    }
  }
  return { live, told, now }
}

/** The point that stands for this moment. */
function pointAt({ ts, whole_from, series }: LiveSeries, at: number) {
  const index = ts.findLastIndex((time) => time <= at)
  const width = Number(ts[index]) >= Number(whole_from ?? Infinity) ? 0 : 30
  return at <= Number(ts[index]) + width
    ? { min: series.cpu_pct?.min[index], max: series.cpu_pct?.max[index] }
    : undefined
}

describe('whatever it is told, the live window', () => {
  it('never holds more than its budget, and never hides a peak of the time it shows', () => {
    fc.assert(
      fc.property(story, budget, (steps, budget_bytes) => {
        const { live, told, now } = tell(steps, budget_bytes)
        for (const [server, samples] of told) {
          const shown = live.read(server, now - 3600, now)
          for (const { at, value } of samples) {
            if (at < Number(shown.ts[0] ?? Infinity)) continue
            const point = pointAt(shown, at)
            const slack = Math.abs(value) * 1e-6
            expect(point?.min).toBeLessThanOrEqual(value + slack)
            expect(point?.max).toBeGreaterThanOrEqual(value - slack)
          }
        }
      }),
    )
  })

  it('shows times that ascend within the hour asked for, and columns of one length', () => {
    fc.assert(
      fc.property(
        story,
        budget,
        fc.integer({ min: 1, max: 60 }),
        (steps, budget_bytes, minutes) => {
          const { live, told, now } = tell(steps, budget_bytes)
          for (const server of told.keys()) {
            const { ts, series, whole_from } = live.read(server, now - minutes * 60, now)
            expect(ts).toEqual([...new Set(ts)].sort((a, b) => a - b))
            expect(Math.min(...ts, now)).toBeGreaterThanOrEqual(now - minutes * 60)
            expect(Math.max(...ts, 0)).toBeLessThanOrEqual(now)
            const coarse = ts.filter((time) => time < Number(whole_from ?? now))
            expect(Math.max(...coarse, 0) + 30).toBeLessThanOrEqual(Number(whole_from ?? now + 30))
            for (const { min, max } of Object.values(series)) {
              expect([min.length, max.length]).toEqual([ts.length, ts.length])
            }
          }
        },
      ),
    )
  })
})

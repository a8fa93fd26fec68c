import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormatters, type MetricUnit } from '../format/formatters.js'
import { axisLabels, axisTicks } from './axis-labels.js'
import { axisEnd, niceMax } from './nice-max.js'

const units: MetricUnit[] = [
  'percent',
  'mebibytes',
  'bytes_per_second',
  'celsius',
  'watts',
  'seconds',
  'count',
]
const value = fc.double({ min: 1e-3, max: 1e9, noNaN: true })

describe('The end of an axis', () => {
  it('is 100 for percent, or beyond what exceeds it', () => {
    expect(axisEnd('percent', 3)).toBe(100)
    expect(axisEnd('percent', 100)).toBe(100)
    expect(axisEnd('percent', 130)).toBe(200)
  })

  it.each([
    ['count', 7, 8],
    ['count', 1300, 2000],
    ['celsius', 84, 100],
    ['watts', 310, 400],
    ['bytes_per_second', 53 * 1024 ** 2, 60 * 1024 ** 2],
    ['bytes_per_second', 900 * 1024, 1024 ** 2],
    ['mebibytes', 515_000, 600 * 1024],
    ['count', 0, 1],
  ] as const)('is round: %s up to %d', (unit, greatest, end) => {
    expect(axisEnd(unit, greatest)).toBeCloseTo(end, 6)
  })

  it('never cuts off what is shown, and never wastes more than half', () => {
    fc.assert(
      fc.property(value, fc.constantFrom<1000 | 1024>(1000, 1024), (greatest, base) => {
        const end = niceMax(greatest, base)
        expect(end).toBeGreaterThanOrEqual(greatest)
        expect(end / 2).toBeLessThanOrEqual(greatest * (1 + 1e-9))
      }),
    )
  })

  it('is a short number, and so is its half', () => {
    const fmt = createFormatters('en')
    fc.assert(
      fc.property(value, fc.constantFrom(...units), (greatest, unit) => {
        fc.pre(greatest > 0.1)
        const labels = axisLabels(axisTicks(axisEnd(unit, greatest), 152), unit, fmt)
        expect(labels[0]).toBe('0')
        for (const label of labels) expect(label.replace(/[,.]|0+/g, '')).toMatch(/^\d{0,2}\D*$/)
      }),
    )
  })

  it('alone says the unit', () => {
    const fmt = createFormatters('en')
    const labels = (end: number, unit: MetricUnit, height = 152) =>
      axisLabels(axisTicks(end, height), unit, fmt)
    expect(labels(100, 'percent')).toEqual(['0', '50', '100%'])
    expect(labels(80 * 1024 ** 2, 'bytes_per_second')).toEqual(['0', '40', '80 MB/s'])
    expect(labels(1024, 'bytes_per_second', 300)).toEqual(['0', '0.25', '0.5', '0.75', '1 KB/s'])
    expect(labels(2000, 'count')).toEqual(['0', '1,000', '2,000'])
  })
})

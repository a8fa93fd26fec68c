import { describe, expect, it } from 'vitest'
import { createFormatters, type MetricUnit } from '../format/formatters.js'
import { axisLabels, axisTicks } from './axis-labels.js'

const fmt = createFormatters('en', 'UTC')
const labels = (end: number, unit: MetricUnit) => axisLabels(axisTicks(end), unit, fmt)

describe('the labels of an axis', () => {
  it('are in one unit, which stands at the end', () => {
    expect(labels(100, 'percent')).toEqual(['0', '50', '100%'])
    expect(labels(80 * 1024 ** 2, 'bytes_per_second')).toEqual(['0', '40', '80 MB/s'])
    expect(labels(1024 ** 3, 'bytes_per_second')).toEqual(['0', '0.5', '1 GB/s'])
    expect(labels(80 * 1024, 'mebibytes')).toEqual(['0', '40', '80 GB'])
    expect(labels(2000, 'count')).toEqual(['0', '1,000', '2,000'])
    expect(labels(100, 'celsius')).toEqual(['0', '50', '100 °C'])
  })
})

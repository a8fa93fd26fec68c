import { describe, expect, it } from 'vitest'
import { timeLabels } from './time-labels.js'

const midnight = Date.UTC(2026, 10, 24) / 1000
const every = (step: number, count: number, from = midnight) =>
  Array.from({ length: count }, (_, index) => from + index * step)

describe('The labels of a time axis', () => {
  it('are times of day, and the date at midnight', () => {
    expect(timeLabels(every(43_200, 4), 'en', 'UTC')).toEqual(['11/24', '12:00', '11/25', '12:00'])
    expect(timeLabels(every(43_200, 2), 'zh-CN', 'Asia/Shanghai')).toEqual(['08:00', '20:00'])
  })

  it('are dates where days lie between them', () => {
    expect(timeLabels(every(7 * 86_400, 2), 'en', 'UTC')).toEqual(['11/24', '12/1'])
  })

  it('have seconds where less than a minute lies between them', () => {
    expect(timeLabels(every(30, 2, midnight + 60), 'en', 'UTC')).toEqual(['00:01:00', '00:01:30'])
  })
})

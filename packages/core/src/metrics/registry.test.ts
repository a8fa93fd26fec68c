import { describe, expect, it } from 'vitest'
import type { Metric } from './metric.js'
import { createMetricRegistry } from './registry.js'

const fans: Metric = {
  name: 'fan_rpm',
  unit: 'count',
  label: { en: 'Fan', 'zh-CN': '风扇' },
  hourly: ['avg', 'last'],
}

describe('the metrics of all plugins', () => {
  it('keep the plugin that declared them', () => {
    const metrics = createMetricRegistry()
    metrics.add('fans', fans)
    expect(metrics.list()).toEqual([{ ...fans, plugin: 'fans' }])
  })

  it.each([
    ['a name that is no column', { name: 'fan-rpm' }, 'must match pattern'],
    ['a function named twice', { hourly: ['avg', 'avg'] }, 'duplicate items'],
    ['a unit nobody knows', { unit: 'furlongs' }, 'data/unit'],
  ])('refuse %s', (_, change, reason) => {
    const metric = JSON.parse(JSON.stringify({ ...fans, ...change }))
    expect(() => createMetricRegistry().add('fans', metric)).toThrow(reason)
  })

  it('refuse a column that another plugin’s metric has', () => {
    const metrics = createMetricRegistry()
    metrics.add('fans', fans)
    const other: Metric = { ...fans, name: 'fan_rpm_avg', hourly: [] }
    expect(() => metrics.add('more-fans', other)).toThrow(
      'Plugin "more-fans": the metric "fan_rpm_avg" needs "fan_rpm_avg", which plugin "fans" has declared.',
    )
  })
})

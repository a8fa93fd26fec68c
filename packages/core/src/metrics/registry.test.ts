import { describe, expect, it } from 'vitest'
import type { Metric } from './metric.js'
import { createMetricRegistry } from './registry.js'

const metric = (name: string, unit: Metric['unit'] = 'count'): Metric => ({
  name,
  unit,
  label: { en: 'Fan', 'zh-CN': '风扇' },
  hourly: ['avg'],
})

it.each([
  ['the name', metric('fan'), '"fan"'],
  ['a history column', metric('fan_avg'), '"fan_avg"'],
  ['the Prometheus series', metric('fan_count'), '"mon_fan at /metrics"'],
])('the registry refuses a metric when %s belongs to another', (_what, second, taken) => {
  const registry = createMetricRegistry()
  registry.add('a', metric('fan'))
  expect(() => registry.add('b', second)).toThrow(
    `Plugin "b": the metric "${second.name}" needs ${taken}, which plugin "a" has declared.`,
  )
  expect(registry.list().map(({ plugin, name }) => [plugin, name])).toEqual([['a', 'fan']])
})

it('the registry refuses a metric that would be mistaken for one of core', () => {
  expect(() => createMetricRegistry().add('a', metric('server_up'))).toThrow(
    'needs "mon_server_up at /metrics", which plugin "core" has declared.',
  )
})

it('the registry lets series share what they do not end alike with', () => {
  const registry = createMetricRegistry()
  registry.add('a', metric('disk_pct', 'percent'))
  registry.add('a', metric('disk_mb', 'mebibytes'))
  expect(registry.list()).toHaveLength(2)
})

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
})

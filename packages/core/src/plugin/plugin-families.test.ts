import { expect, it } from 'vitest'
import { readExposition } from '../metrics/read-exposition.js'
import { pluginFamilies } from './plugin-families.js'

it('a plugin that taps a hook twice has one series for both', () => {
  const tap = { plugin: 'fans', hook: 'published', calls: 2, failures: 1, total_ms: 10, max_ms: 9 }
  const other = { ...tap, calls: 3, failures: 0, total_ms: 5, max_ms: 2 }
  const fans = { id: 'fans', version: '1.0.0', ms: 1, errors: [] }
  const families = readExposition(
    [
      ...pluginFamilies([{ ...fans, state: 'degraded' }], [tap, other, { ...tap, hook: 'ready' }]),
    ].join(''),
  )
  const valuesOf = (name: string) =>
    families
      .find((family) => family.name === name)
      ?.samples.map(({ labels, value }) => [labels.hook ?? labels.state, value])
  expect(valuesOf('mon_hook_calls_total')).toEqual([
    ['published', 5],
    ['ready', 2],
  ])
  expect(valuesOf('mon_hook_failures_total')?.[0]).toEqual(['published', 1])
  expect(valuesOf('mon_hook_seconds_total')?.[0]).toEqual(['published', 0.015])
  expect(valuesOf('mon_hook_slowest_seconds')?.[0]).toEqual(['published', 0.009])
  expect(valuesOf('mon_plugin_state')).toEqual([
    ['ready', 0],
    ['degraded', 1],
    ['failed', 0],
  ])
})

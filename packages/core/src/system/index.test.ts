import { expect, test } from 'vitest'
import { systemFields } from '../snapshot/snapshot.js'
import { system, systemMetrics } from './index.js'

test('the plugin fills the system fields from start to stop', async () => {
  const collects: ((signal: AbortSignal) => unknown)[] = []
  const starts: (() => unknown)[] = []
  const stops: (() => unknown)[] = []
  const { setup } = await system.agent.load()
  setup({
    collector: (collector) => void collects.push((signal) => collector.collect(signal)),
    onStart: (start) => void starts.push(start),
    onStop: (stop) => void stops.push(stop),
  })
  for (const start of starts) await start()
  const fields = await collects[0]?.(new AbortController().signal)
  for (const stop of stops) await stop()
  expect(collects).toHaveLength(1)
  expect(Object.keys(fields ?? {}).sort()).toEqual(Object.keys(systemFields).sort())
})

test('its metrics give the columns of version 1.0', () => {
  const columns = systemMetrics.flatMap(({ name, hourly }) => hourly.map((fn) => `${name}_${fn}`))
  expect(columns).toEqual([
    'cpu_pct_avg',
    'cpu_pct_max',
    'mem_pct_avg',
    'mem_pct_max',
    'disk_pct_avg',
    'disk_pct_max',
    'net_rx_bps_avg',
    'net_tx_bps_avg',
  ])
})

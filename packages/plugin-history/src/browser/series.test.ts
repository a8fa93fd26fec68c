import { expect, it } from 'vitest'
import type { HistorySeries } from '../aggregator/api/series-route.js'
import { chartData } from './series.js'

const answer: HistorySeries = {
  from: 0,
  to: 7200,
  step_s: 3600,
  ts: [0, 3600],
  series: [
    { server_id: 1, field: 'cpu_pct_avg', values: [10, null] },
    { server_id: 1, field: 'cpu_pct_max', values: [30, null] },
    { server_id: 2, field: 'cpu_pct_avg', values: [20, 40], min: [15, 30], max: [25, 50] },
  ],
}

it('A chart has a line for every server, and its greatest values behind it', () => {
  const lines = { line: 'cpu_pct_avg', band: 'cpu_pct_max' }
  expect(chartData(answer, lines, (id) => `gpu-${id}`)).toEqual({
    ts: [0, 3600],
    series: [
      { label: 'gpu-1', values: [10, null], max: [30, null] },
      { label: 'gpu-2', values: [20, 40], max: [25, 50] },
    ],
  })
})

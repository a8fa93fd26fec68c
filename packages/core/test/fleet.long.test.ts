import { expect, it } from 'vitest'
import { type MemorySample, soakFleet } from './fleet-soak.js'

const MINUTES = 10

it('200 agents, a third of them bad: the aggregator polls them for ten minutes in constant memory', async () => {
  const memory = await soakFleet(MINUTES * 60)
  const settled = memory.slice(Math.floor(memory.length / 3))
  const growth = slope(settled) * 60
  console.log(
    'KiB per minute',
    growth / 2 ** 10,
    JSON.stringify(
      memory
        .filter((_, i) => i % 10 === 0)
        .map((s) => [Math.round(s.seconds), Math.round((s.bytes / 2 ** 20) * 10) / 10]),
    ),
  )
  expect(growth).toBeLessThan(2 ** 20)
})

/** Bytes per second, by least squares. */
function slope(samples: readonly MemorySample[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const seconds = mean(samples.map((sample) => sample.seconds))
  const bytes = mean(samples.map((sample) => sample.bytes))
  const covariance = mean(samples.map((at) => (at.seconds - seconds) * (at.bytes - bytes)))
  return covariance / mean(samples.map((at) => (at.seconds - seconds) ** 2))
}

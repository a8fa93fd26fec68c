import { expect, it } from 'vitest'
import { type MemorySample, soakFleet } from './fleet-soak.js'

const MINUTES = 10

/** Of 12,000 polls in a minute, each that kept only 30 bytes would show. */
const MAX_GROWTH_PER_MINUTE = 256 * 1024

it('200 agents, a third of them bad: the aggregator polls them for ten minutes in constant memory', async () => {
  const memory = await soakFleet(MINUTES * 60)
  const settled = memory.slice(Math.floor(memory.length / 3))
  expect(slope(settled) * 60).toBeLessThan(MAX_GROWTH_PER_MINUTE)
})

/** Bytes per second, by least squares. */
function slope(samples: readonly MemorySample[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const seconds = mean(samples.map((sample) => sample.seconds))
  const bytes = mean(samples.map((sample) => sample.bytes))
  const covariance = mean(samples.map((at) => (at.seconds - seconds) * (at.bytes - bytes)))
  return covariance / mean(samples.map((at) => (at.seconds - seconds) ** 2))
}

import { setTimeout as delay } from 'node:timers/promises'
import { startAggregator } from './harness/aggregator.js'
import { figureOf, format, printAim, round } from './harness/figures.js'
import { startFleet } from './harness/fleet.js'

/** What one aggregator takes as its fleet grows, each server with eight GPUs, asked every 5 s. */
const SIZES = [10, 100, 1000, 10_000]
const WARM_UP_S = 40
const ROUND_S = 15
const ROUNDS = 4

if (process.platform === 'linux') {
  console.log('servers | polls/s | CPU % of a core, median (min–max) | µs per poll | RSS MB')
  for (const size of SIZES) await measure(size)
} else {
  console.log('only on Linux')
}

async function measure(size: number): Promise<void> {
  const fleet = await startFleet(size)
  const aggregator = await startAggregator(fleet.ports, { poll_interval_s: 5, live_window_mb: 0 })
  await delay(WARM_UP_S * 1000)

  const shares: number[] = []
  const costs: number[] = []
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const [polls, before, started] = [await fleet.counts(), cpuMs(), performance.now()]
    await delay(ROUND_S * 1000)
    const spent = cpuMs() - before
    const ms = performance.now() - started
    const answered = (await fleet.counts()).mon - polls.mon
    shares.push((spent / ms) * 100)
    costs.push((spent * 1000) / answered)
    rates.push((answered * 1000) / ms)
  }

  const { rss_mb } = aggregator.cost()
  const [share, cost, rate] = [figureOf(shares), figureOf(costs), figureOf(rates)]
  // A machine that is too busy to answer shows here: it should be a fifth of the servers.
  console.log(
    `${size} | ${round(rate.median)} | ${format(share)} | ${format(cost)} | ${round(rss_mb)}`,
  )
  if (size === SIZES.at(-1)) {
    printAim('CPU, % of a core', share.median, 15, 6)
    printAim('RSS, MB', rss_mb, 350, 200)
  }
  await aggregator.stop()
  await fleet.stop()

  function cpuMs(): number {
    return aggregator.cost().cpu_ms
  }
}

import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { formatLabels } from './exposition.js'
import { formatOwnFamily } from './own-families.js'

/** What this process is and costs. */
export async function processFamilies(version: string): Promise<Iterable<string>> {
  const lag = await eventLoopLag()
  return families(version, lag)
}

function* families(version: string, lag: number): Generator<string> {
  const { user, system } = process.cpuUsage()
  const one = (value: number) => [{ labels: '', value }]
  yield* formatOwnFamily('mon_build_info', [
    { labels: formatLabels({ version, node_version: process.version }), value: 1 },
  ])
  yield* formatOwnFamily('process_cpu_seconds_total', one((user + system) / 1e6))
  yield* formatOwnFamily('process_resident_memory_bytes', one(process.memoryUsage.rss()))
  yield* formatOwnFamily('process_start_time_seconds', one(Date.now() / 1000 - process.uptime()))
  yield* formatOwnFamily('mon_event_loop_lag_seconds', one(lag))
  yield* formatOwnFamily(
    'mon_event_loop_busy_seconds_total',
    one(performance.eventLoopUtilization().active / 1000),
  )
}

/** One turn of the loop, in seconds: a monitor of its own would wake an idle agent all the time. */
async function eventLoopLag(): Promise<number> {
  const asked = performance.now()
  await setImmediate()
  return (performance.now() - asked) / 1000
}

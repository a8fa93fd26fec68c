import { formatLabels, type Sample } from '../metrics/exposition.js'
import { formatOwnFamily } from '../metrics/own-families.js'
import type { TapCost } from './guard-taps.js'
import type { PluginState } from './report.js'

const states = ['ready', 'degraded', 'failed'] as const satisfies PluginState['state'][]

/** What became of each plugin, and what its taps cost. */
export function* pluginFamilies(
  plugins: readonly PluginState[],
  costs: readonly TapCost[],
): Generator<string> {
  const taps = [...sumByHook(costs)]
  const perTap = (value: (cost: TapCost) => number): Sample[] =>
    taps.map(([labels, cost]) => ({ labels, value: value(cost) }))
  yield* formatOwnFamily('mon_plugin_state', plugins.flatMap(stateSamples))
  yield* formatOwnFamily(
    'mon_hook_calls_total',
    perTap(({ calls }) => calls),
  )
  yield* formatOwnFamily(
    'mon_hook_failures_total',
    perTap(({ failures }) => failures),
  )
  yield* formatOwnFamily(
    'mon_hook_seconds_total',
    perTap(({ total_ms }) => total_ms / 1000),
  )
  yield* formatOwnFamily(
    'mon_hook_slowest_seconds',
    perTap(({ max_ms }) => max_ms / 1000),
  )
}

function stateSamples({ id, state }: PluginState): Sample[] {
  return states.map((each) => ({
    labels: formatLabels({ plugin: id, state: each }),
    value: Number(each === state),
  }))
}

/** A plugin may tap one hook several times; a series can be there only once. */
function sumByHook(costs: readonly TapCost[]): Map<string, TapCost> {
  const sums = new Map<string, TapCost>()
  for (const cost of costs) {
    const labels = formatLabels({ plugin: cost.plugin, hook: cost.hook })
    const sum = sums.get(labels)
    sums.set(labels, sum === undefined ? cost : addCosts(sum, cost))
  }
  return sums
}

function addCosts(one: TapCost, other: TapCost): TapCost {
  return {
    ...one,
    calls: one.calls + other.calls,
    failures: one.failures + other.failures,
    total_ms: one.total_ms + other.total_ms,
    max_ms: Math.max(one.max_ms, other.max_ms),
  }
}

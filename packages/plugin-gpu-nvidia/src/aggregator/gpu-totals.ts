import type { CollectorHealth } from '@mon/core'
import { isGpuCollector } from '../collector-name.js'
import type { GpuInfo } from '../gpu-info.js'

/** What is derived from all cards of a server; null where nothing is known of any. */
export interface GpuTotals {
  /** Cards that are there, whatever their state; 0: no device, or no collector for one. */
  gpu_count: number | null
  /** Of the busiest card. */
  gpu_util_pct: number | null
  /** Mean over the cards. */
  gpu_util_pct_avg: number | null
  gpu_mem_used_mb: number | null
  gpu_mem_total_mb: number | null
  gpu_temp_c_max: number | null
}

/** @param failed a collector of cards did not work, so that no cards does not mean none */
export function gpuTotals(gpus: readonly GpuInfo[] | null, failed: boolean): GpuTotals {
  const util = createTally()
  const used = createTally()
  const total = createTally()
  const temperature = createTally()
  let count = 0
  for (const card of gpus ?? []) {
    if (card.state === 'lost') continue
    count += 1
    add(util, card.util_pct)
    add(used, card.mem_used_mb)
    add(total, card.mem_total_mb)
    add(temperature, card.temperature_c)
  }
  return {
    gpu_count: gpus === null && failed ? null : count,
    gpu_util_pct: util.max,
    gpu_util_pct_avg: util.sum === null ? null : util.sum / util.count,
    gpu_mem_used_mb: used.sum,
    gpu_mem_total_mb: total.sum,
    gpu_temp_c_max: temperature.max,
  }
}

export type GpuCollectors = 'none' | 'well' | 'failed'

/** How the collectors of cards fare. */
export function gpuCollectors(
  collectors: Readonly<Record<string, CollectorHealth>>,
): GpuCollectors {
  const found = Object.entries(collectors).filter(([name]) => isGpuCollector(name))
  if (found.some(([, { ok }]) => !ok)) return 'failed'
  return found.length === 0 ? 'none' : 'well'
}

/** Of the values that are known; null while none is. */
interface Tally {
  count: number
  sum: number | null
  max: number | null
}

function createTally(): Tally {
  return { count: 0, sum: null, max: null }
}

function add(tally: Tally, value: number | null | undefined): void {
  if (typeof value !== 'number') return
  tally.count += 1
  tally.sum = (tally.sum ?? 0) + value
  tally.max = Math.max(tally.max ?? value, value)
}

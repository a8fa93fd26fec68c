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
  const present = (gpus ?? []).filter(({ state }) => state !== 'lost')
  const known = (field: 'util_pct' | 'mem_used_mb' | 'mem_total_mb' | 'temperature_c') =>
    present.flatMap((card) => card[field] ?? [])
  const utils = known('util_pct')
  return {
    gpu_count: gpus === null && failed ? null : present.length,
    gpu_util_pct: max(utils),
    gpu_util_pct_avg: utils.length === 0 ? null : add(utils) / utils.length,
    gpu_mem_used_mb: sum(known('mem_used_mb')),
    gpu_mem_total_mb: sum(known('mem_total_mb')),
    gpu_temp_c_max: max(known('temperature_c')),
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

function max(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}

function sum(values: readonly number[]): number | null {
  return values.length === 0 ? null : add(values)
}

function add(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

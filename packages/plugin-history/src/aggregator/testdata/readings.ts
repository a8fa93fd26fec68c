import type { LatestSnapshot } from '@mon/core'

/** A snapshot with these fields. */
export function latestWith(fields: Record<string, unknown>): LatestSnapshot {
  const nothing = null
  return {
    ts: 0,
    hostname: 'gpu-01',
    agent_version: '1.1.0',
    uptime_s: nothing,
    cpu_pct: nothing,
    cpu_count: nothing,
    load_1: nothing,
    load_5: nothing,
    load_15: nothing,
    mem_used_mb: nothing,
    mem_total_mb: nothing,
    mem_pct: nothing,
    swap_used_mb: nothing,
    swap_total_mb: nothing,
    disks: nothing,
    disk_pct: nothing,
    net_rx_bps: nothing,
    net_tx_bps: nothing,
    disk_read_bps: nothing,
    disk_write_bps: nothing,
    gpus: nothing,
    collectors: {},
    ...fields,
  }
}

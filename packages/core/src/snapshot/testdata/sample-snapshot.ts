import type { LatestSnapshot } from '../snapshot.js'

/** What an agent with every system field says. */
export const sampleSnapshot: LatestSnapshot = {
  ts: 1_763_875_200,
  hostname: 'gpu-01',
  agent_version: '1.1.0',
  uptime_s: 86_400,
  cpu_pct: 12.3,
  cpu_count: 64,
  load_1: 3.1,
  load_5: 2.8,
  load_15: 2.2,
  mem_used_mb: 51_234,
  mem_total_mb: 515_000,
  mem_pct: 9.9,
  swap_used_mb: 0,
  swap_total_mb: 8191,
  disks: [{ mount: '/', fs: 'ext4', used_mb: 1, total_mb: 2, used_pct: 50 }],
  disk_pct: 50,
  net_rx_bps: 1200,
  net_tx_bps: 900,
  disk_read_bps: 0,
  disk_write_bps: 0,
  gpus: null,
  collectors: { system: { ok: true, ms: 1, age_s: 0 } },
}

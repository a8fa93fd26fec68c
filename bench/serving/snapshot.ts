import type { LatestSnapshot } from '../../packages/core/src/snapshot/snapshot.js'

/** A server with 8 cards in full, whose figures differ in every round: 3.3 KB of JSON. */
export function snapshotOf(id: number, round: number): LatestSnapshot {
  let state = id * 7919 + round * 104_729
  const upTo = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % limit
  }
  const tenths = (limit: number) => upTo(limit * 10) / 10
  return {
    ts: 1_763_875_200 + round * 5,
    hostname: `gpu-${id}`,
    agent_version: '1.1.0',
    uptime_s: 86_400 + round * 5,
    cpu_pct: tenths(100),
    cpu_count: 64,
    load_1: tenths(64),
    load_5: tenths(64),
    load_15: tenths(64),
    mem_used_mb: upTo(515_000),
    mem_total_mb: 515_000,
    mem_pct: tenths(100),
    swap_used_mb: 0,
    swap_total_mb: 8191,
    disks: [
      { mount: '/', fs: 'ext4', used_mb: upTo(900_000), total_mb: 900_000, used_pct: tenths(100) },
    ],
    disk_pct: tenths(100),
    net_rx_bps: upTo(1e8),
    net_tx_bps: upTo(1e8),
    disk_read_bps: upTo(1e8),
    disk_write_bps: upTo(1e8),
    gpus: Array.from({ length: 8 }, (_, index) => cardOf(id, index, upTo)),
    gpu_count: 8,
    gpu_util_pct: upTo(101),
    gpu_util_pct_avg: tenths(100),
    gpu_mem_used_mb: upTo(655_360),
    gpu_mem_total_mb: 655_360,
    gpu_temp_c_max: 30 + upTo(60),
    collectors: {
      system: { ok: true, ms: tenths(5), age_s: 0 },
      'gpu-nvidia': { ok: true, ms: tenths(50), age_s: 0 },
    },
  }
}

function cardOf(id: number, index: number, upTo: (limit: number) => number) {
  const serial = String(id * 8 + index).padStart(12, '0')
  return {
    index,
    name: 'NVIDIA A100-SXM4-80GB',
    util_pct: upTo(101),
    mem_used_mb: upTo(81_920),
    mem_total_mb: 81_920,
    temperature_c: 30 + upTo(60),
    uuid: `GPU-5e3f9c1a-77d1-4c1f-9b52-${serial}`,
    bus_id: `00000000:0${index}:00.0`,
    vendor: 'nvidia',
    state: 'ok',
    power_w: upTo(4000) / 10,
    power_limit_w: 400,
    processes: [{ pid: 1 + upTo(4_000_000), user: 'lin', mem_used_mb: upTo(81_920) }],
  }
}

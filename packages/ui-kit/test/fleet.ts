import type { LatestSnapshot, Server } from '@mon/core'

const mebibyte = 1024 ** 2
const disks = [
  { mount: '/', fs: 'ext4', used_mb: 684_000, total_mb: 950_000, used_pct: 72 },
  { mount: '/data', fs: 'xfs', used_mb: 6_900_000, total_mb: 7_400_000, used_pct: 93.2 },
  { mount: '/mnt/nfs/home', fs: 'nfs4', used_mb: null, total_mb: null, used_pct: null },
]
const now = () => Math.floor(Date.now() / 1000)

/** One server of every kind that the overview tells apart. */
export function sampleFleet(): Server[] {
  return [
    server(1, 'gpu-01', 'online', { latest: snapshot({ cpu_pct: 46.2, open_files: 1200 }) }),
    server(2, 'gpu-02', 'online', { latest: snapshot({ cpu_pct: 12, open_files: 800 }) }),
    server(3, 'storage-01', 'online', { latest: snapshot({ disk_pct: 93.4, open_files: 5 }) }),
    server(4, 'gpu-03', 'degraded', {
      latest: snapshot({
        collectors: {
          system: { ok: true, age_s: 0 },
          'gpu-nvidia': {
            ok: false,
            age_s: null,
            code: 'COLLECTOR_TIMEOUT',
            message: 'nvidia-smi did not answer within 1800 ms',
          },
        },
      }),
    }),
    server(5, 'gpu-04', 'offline', {
      last_seen: now() - 12 * 60,
      last_error: {
        code: 'AGENT_TIMEOUT',
        message: 'GET http://10.12.4.77:7881/v1/snapshot did not answer within 10 s',
        hint: 'Is the agent running? Try: systemctl status mon-agent',
        at: now(),
      },
    }),
    server(6, 'new-machine-with-a-name-that-does-not-fit-into-its-card', 'unknown', {
      last_seen: null,
    }),
    server(7, 'spare-01', 'disabled', { last_seen: now() - 3 * 86_400 }),
  ]
}

function server(
  id: number,
  name: string,
  state: Server['state'],
  more: Partial<Server> = {},
): Server {
  return {
    id,
    name,
    base_url: `http://10.12.4.${70 + id}:7881`,
    tags: [],
    enabled: state !== 'disabled',
    poll_interval_s: null,
    state,
    last_seen: now(),
    last_error: null,
    latest: null,
    ...more,
  }
}

function snapshot(more: Partial<LatestSnapshot>): LatestSnapshot {
  return {
    ts: now(),
    hostname: 'gpu',
    agent_version: '1.1.0',
    uptime_s: 182 * 86_400,
    cpu_pct: 8,
    cpu_count: 64,
    load_1: 3.1,
    load_5: 2.8,
    load_15: 2.2,
    mem_used_mb: 314_000,
    mem_total_mb: 515_000,
    mem_pct: 61,
    swap_used_mb: 0,
    swap_total_mb: 8191,
    disks,
    disk_pct: 72,
    net_rx_bps: 9.3 * mebibyte,
    net_tx_bps: 38.9 * mebibyte,
    disk_read_bps: 0,
    disk_write_bps: null,
    gpus: null,
    collectors: { system: { ok: true, ms: 3.1, age_s: 0 } },
    ...more,
  }
}

/**
 * A fleet of any size with eight cards in each server: every tenth has free ones, every
 * hundredth a hot one, and a few are degraded or offline.
 */
export function gpuFleet(size: number): Server[] {
  return Array.from({ length: size }, (_, index) => {
    const id = index + 1
    const state = id % 50 === 7 ? 'degraded' : id % 70 === 9 ? 'offline' : 'online'
    const failed = { ok: false, age_s: 12, code: 'COLLECTOR_TIMEOUT', message: 'gpu: no answer' }
    return server(id, `h100-${String(id).padStart(4, '0')}`, state, {
      tags: [id % 3 === 0 ? 'A100' : 'H100', ...(id % 20 === 0 ? ['storage'] : [])],
      latest: snapshot({
        cpu_pct: (id * 37) % 100,
        mem_pct: (id * 17) % 90,
        disk_pct: id % 40 === 0 ? 93 : (id * 11) % 85,
        gpu_count: 8,
        gpus: Array.from({ length: 8 }, (_, card) => gpu(id, card)),
        collectors: state === 'degraded' ? { gpu: failed } : {},
      }),
      ...(state === 'offline' && {
        last_seen: now() - 720,
        last_error: {
          code: 'AGENT_TIMEOUT',
          message: 'no answer within 10 s',
          hint: null,
          at: now(),
        },
      }),
    })
  })
}

function gpu(id: number, index: number) {
  const isFree = id % 10 === 0 && index > 5
  return {
    index,
    uuid: `GPU-${id}-${index}`,
    name: 'NVIDIA H100 80GB HBM3',
    util_pct: isFree ? 0 : 60 + ((id * 7 + index * 13) % 40),
    mem_used_mb: isFree ? 4 : 40_000 + index * 4000,
    mem_total_mb: 81_559,
    temperature_c: id % 100 === 1 && index === 3 ? 84 : isFree ? 34 : 60 + (id % 15),
    power_w: 500,
    state: 'ok',
    hot: id % 100 === 1 && index === 3,
    free: isFree,
  }
}

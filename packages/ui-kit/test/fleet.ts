import type { LatestSnapshot, Server } from '@mon/core'

const mebibyte = 1024 ** 2
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
    disks: null,
    disk_pct: 72,
    net_rx_bps: 9.3 * mebibyte,
    net_tx_bps: 38.9 * mebibyte,
    disk_read_bps: 0,
    disk_write_bps: null,
    gpus: null,
    collectors: {},
    ...more,
  }
}

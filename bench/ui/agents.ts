import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** So many agents in one process, each on a port of its own. Ends when its parent does. */
const count = Number(process.argv[2])
const mebibyte = 1024 ** 2

const urls = await Promise.all(Array.from({ length: count }, (_, index) => listen(index)))
process.send?.(urls)
process.on('disconnect', () => process.exit())

async function listen(agent: number): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(snapshot(agent)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** Every figure is another one at every poll, as in a fleet at work. */
function snapshot(agent: number) {
  return {
    ts: Math.floor(Date.now() / 1000),
    hostname: `h100-${agent}`,
    agent_version: '1.1.0',
    uptime_s: 86_400 * 30,
    cpu_pct: between(5, 95),
    cpu_count: 128,
    load_1: between(1, 90),
    load_5: 20,
    load_15: 20,
    mem_used_mb: 300_000,
    mem_total_mb: 1_031_000,
    mem_pct: between(20, 80),
    swap_used_mb: 0,
    swap_total_mb: 8191,
    disks: [{ mount: '/', fs: 'ext4', used_mb: 500_000, total_mb: 900_000, used_pct: 55.6 }],
    disk_pct: agent % 40 === 0 ? 93 : 55.6,
    net_rx_bps: between(1, 900) * mebibyte,
    net_tx_bps: between(1, 900) * mebibyte,
    disk_read_bps: between(0, 90) * mebibyte,
    disk_write_bps: between(0, 90) * mebibyte,
    gpus: Array.from({ length: 8 }, (_, index) => card(agent, index)),
    collectors: {
      system: { ok: true, ms: 1, age_s: 0 },
      'gpu-nvidia': { ok: true, ms: 3, age_s: 0 },
    },
  }
}

function card(agent: number, index: number) {
  const isFree = (agent + index) % 9 === 0
  return {
    index,
    uuid: `GPU-${agent}-${index}`,
    name: 'NVIDIA H100 80GB HBM3',
    util_pct: isFree ? 0 : Math.round(between(60, 100)),
    mem_used_mb: isFree ? 4 : Math.round(between(30_000, 80_000)),
    mem_total_mb: 81_559,
    temperature_c: Math.round(between(40, 81)),
    power_w: Math.round(between(90, 700)),
    state: 'ok',
  }
}

function between(low: number, high: number): number {
  return Math.round((low + Math.random() * (high - low)) * 10) / 10
}

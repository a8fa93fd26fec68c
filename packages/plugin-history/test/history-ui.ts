import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import { gpuNvidia } from '@mon/plugin-gpu-nvidia'
import ui from '@mon/ui-kit/server'
import Sqlite from 'better-sqlite3'
import { withBuiltWidgets } from '../../ui-kit/test/built-widgets.js'
import { history } from '../src/index.js'
import { historyWidgets } from '../src/widgets.js'

export const HOUR_S = 3600

const historyWithPage = withBuiltWidgets(
  history,
  historyWidgets,
  new URL('../dist/', import.meta.url),
)

export interface HistoryUi extends TestAggregator {
  /** The running hour, epoch seconds. */
  hour: number
}

/**
 * A real aggregator with so many servers, which are not asked, and so many hours of each up to the
 * last whole one. `gpu-02` has none in the hours from 10 to 20 before now, and `gpu-03` no card.
 */
export async function startHistoryUi(servers: number, hours: number): Promise<HistoryUi> {
  const aggregator = await startTestAggregator([ui, gpuNvidia, historyWithPage])
  for (let id = 1; id <= servers; id += 1) {
    const name = `gpu-${String(id).padStart(2, '0')}`
    const server = { name, base_url: `http://127.0.0.1:${id}`, enabled: false }
    await aggregator.request('POST', '/api/servers', server)
  }
  const hour = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S
  fill(aggregator.database, servers, hours, hour)
  return { ...aggregator, hour }
}

function fill(file: string, servers: number, hours: number, hour: number): void {
  const database = new Sqlite(file)
  const names = Object.keys(rowOf(1, 0, 0))
  const insert = database.prepare(
    `INSERT INTO samples_hourly (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`,
  )
  database.transaction(() => {
    for (let id = 1; id <= servers; id += 1) {
      for (let ago = hours; ago >= 1; ago -= 1) {
        const isOff = id === 2 && ago >= 10 && ago <= 20
        if (!isOff) insert.run(rowOf(id, hour - ago * HOUR_S, ago))
      }
    }
  })()
  database.close()
}

/** Waves, so that a chart looks like one. */
function rowOf(id: number, ts: number, ago: number) {
  const wave = 50 + 30 * Math.sin(ago / 9 + id) + 10 * Math.sin(ago * 1.7 + id)
  const hasCards = id !== 3
  return {
    server_id: id,
    ts,
    samples: 720,
    cpu_pct_avg: wave / 2,
    cpu_pct_max: wave / 2 + 20,
    mem_pct_avg: 40 + wave / 4,
    mem_pct_max: 45 + wave / 4,
    disk_pct_avg: 55,
    disk_pct_max: 56,
    net_rx_bps_avg: wave * 1e6,
    net_tx_bps_avg: wave * 3e5,
    gpu_util_pct_avg: hasCards ? wave : null,
    gpu_util_pct_max: hasCards ? wave + 9 : null,
    gpu_mem_used_mb_avg: hasCards ? wave * 5000 : null,
    gpu_mem_used_mb_max: hasCards ? wave * 5500 : null,
    gpu_mem_total_mb: hasCards ? 655_360 : null,
    gpu_temp_c_max: hasCards ? 50 + wave / 3 : null,
    gpu_details: hasCards ? JSON.stringify(cards(id, wave)) : null,
  }
}

function cards(id: number, wave: number) {
  return Array.from({ length: 8 }, (_, index) => ({
    uuid: `GPU-${id}-${index}`,
    index,
    name: 'NVIDIA H100 80GB HBM3',
    samples: 720,
    util_pct_avg: Math.max(0, wave - index),
    util_pct_max: wave + 9,
    mem_used_mb_avg: wave * 600,
    mem_used_mb_max: wave * 640,
    mem_total_mb: 81_920,
    temperature_c_avg: 40 + wave / 3,
    temperature_c_max: 50 + wave / 3,
    power_w_avg: 300 + wave,
    power_w_max: 400 + wave,
  }))
}

import { once } from 'node:events'
import { createServer } from 'node:http'

/** An agent on loopback that says what the test wants it to say. */
export interface LoopbackAgent {
  url: string
  /** Fields of a snapshot, over those of a server without cards. */
  says(fields: Record<string, unknown>): void
  stop(): Promise<void>
}

export async function startLoopbackAgent(first: Record<string, unknown>): Promise<LoopbackAgent> {
  let fields = first
  const server = createServer((_, response) => {
    const ts = Math.floor(Date.now() / 1000)
    const snapshot = { ts, hostname: 'gpu-01', agent_version: '1.1.0', ...fields }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(snapshot))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    says(next) {
      fields = next
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const well = { 'gpu-nvidia': { ok: true, ms: 3, age_s: 0 } }
export const failed = {
  'gpu-nvidia': { ok: false, age_s: null, code: 'COLLECTOR_FAILED', message: 'The driver is gone.' },
}

/** A card as our agent sends it. */
export function sampleCard(index: number, fields: Record<string, unknown> = {}) {
  return {
    index,
    name: 'NVIDIA H100 80GB HBM3',
    util_pct: 0,
    mem_used_mb: 1000,
    mem_total_mb: 81559,
    temperature_c: 40,
    uuid: `GPU-0000000${index}`,
    bus_id: `0000:0${index}:00.0`,
    vendor: 'nvidia',
    state: 'ok',
    errors: [],
    power_w: 70,
    power_limit_w: 700,
    processes: [],
    ...fields,
  }
}

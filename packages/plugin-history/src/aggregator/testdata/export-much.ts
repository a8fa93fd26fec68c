import { once } from 'node:events'
import { statSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { expect } from 'vitest'
import { fill, fillMany } from './fill.js'
import { type HistoryHost, startHistory } from './history-host.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 2, 1) / 1000
const path = '/api/history/hourly.csv'
const servers = 1000

/** Exports `hours` of 1,000 servers, to clients that read, that leave and that stall. */
export async function exportMuch(hours: number): Promise<void> {
    const host = await startHistory()
    await fillMany(host, { servers, hours, from: BEGIN })

    // Clients that do not read: four parts each, and no more.
    const stalled = await Promise.all(Array.from({ length: 8 }, () => openExport(host)))
    const refused = await fetch(`${host.url}${path}`)
    expect(await refused.json()).toMatchObject({
      code: 'TOO_MANY_EXPORTS',
      hint: expect.any(String),
    })
    const writes = Array.from({ length: 300 }, (_, index) =>
      fill(host, [{ server_id: 1, ts: BEGIN - (index + 1) * HOUR }]),
    )
    await Promise.all(writes)
    // A read that stayed open would keep the log from beginning anew.
    expect(statSync(`${host.database}-wal`).size).toBeLessThan(150 * 2 ** 20)
    expect(await host.request('GET', '/api/history/hourly?limit=1')).toHaveLength(1)
    for (const response of stalled.slice(1)) response.destroy()

    const before = process.memoryUsage()
    let rows = 0
    let most = 0
    const stream = await openExport(host)
    stream.on('data', (bytes: Buffer) => {
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) rows += 1
      const { arrayBuffers, external } = process.memoryUsage()
      most = Math.max(most, arrayBuffers - before.arrayBuffers, external - before.external)
    })
    await once(stream, 'end')
    expect(rows).toBe(servers * hours + 300 + 1)
    expect(most).toBeLessThan(50 * 2 ** 20)
    stalled[0]?.destroy()
}

async function openExport(host: HistoryHost): Promise<IncomingMessage> {
  for (;;) {
    const request = get(`${host.url}${path}`, { agent: false })
    const [response]: IncomingMessage[] = await once(request, 'response')
    if (response?.statusCode === 200) return response
    response?.resume()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

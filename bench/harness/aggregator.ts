import { type Program, startMon } from './program.js'

const AT_ONCE = 8

/** Starts the built aggregator with a database of its own, and adds the servers through its API. */
export async function startAggregator(
  ports: readonly number[],
  config: Record<string, unknown> = {},
): Promise<Program> {
  const aggregator = await startMon('aggregator', config)
  const rest = ports.entries()
  async function addRest(): Promise<void> {
    for (const [index, port] of rest) await addServer(aggregator.url, index, port)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, addRest))
  return aggregator
}

async function addServer(url: string, index: number, port: number): Promise<void> {
  const response = await fetch(`${url}/api/servers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: `gpu-${index}`, base_url: `http://127.0.0.1:${port}` }),
  })
  const text = await response.text()
  if (response.status !== 201) throw new Error(`A server could not be added: ${text}`)
}

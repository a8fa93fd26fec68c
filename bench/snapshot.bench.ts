import { fileURLToPath } from 'node:url'
import { ask } from './harness/ask.js'
import { figureOf, format, round } from './harness/figures.js'
import { costOf } from './harness/process-cost.js'
import { end, startModule, startMon, urlOf } from './harness/program.js'

/** What the agent takes to serve `/v1/snapshot`, beside bare node:http with the same bytes. */
const REQUESTS = 10_000
const ROUNDS = 7

if (process.platform === 'linux') await measure()
else console.log('only on Linux')

async function measure(): Promise<void> {
  const agent = await startMon('agent')
  const url = `${agent.url}/v1/snapshot`
  const text = (await ask(url)).toString()
  const file = fileURLToPath(new URL('harness/bare-server.ts', import.meta.url))
  const bare = await startModule(file, [text])

  const ours: number[] = []
  const theirs: number[] = []
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    const mine = await costPerRequest(url, () => agent.cost().cpu_ms)
    const other = await costPerRequest(
      urlOf(bare.message),
      () => costOf(bare.child.pid ?? 0).cpu_ms,
    )
    // The first turn warms both up.
    if (turn === 0) continue
    ours.push(mine)
    theirs.push(other)
  }
  console.log(`bytes | ${text.length}`)
  console.log(`mon agent | ${format(figureOf(ours))} µs CPU per request`)
  console.log(`bare node:http | ${format(figureOf(theirs))} µs CPU per request`)
  const ratios = ours.map((cost, index) => cost / (theirs[index] ?? Number.NaN))
  console.log(`ratio | ${round(figureOf(ratios).median)}`)
  await agent.stop()
  await end(bare.child)
}

async function costPerRequest(url: string, cpuMs: () => number): Promise<number> {
  const before = cpuMs()
  for (let request = 0; request < REQUESTS; request += 1) await ask(url)
  return ((cpuMs() - before) * 1000) / REQUESTS
}

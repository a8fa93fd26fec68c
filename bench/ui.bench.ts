import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumPath, launchOptions } from '../test/chromium.js'
import { type Figures, measure } from './ui/measure.js'

/**
 * The overview of 1,000 servers with 8 GPUs each, of which 200 change in a second: the built UI
 * in a headless Chromium, a real aggregator, simulated agents. It prints the median of the runs.
 * `MON_BENCH_SERVERS` and `MON_BENCH_RUNS` choose otherwise.
 */
const servers = Number(process.env.MON_BENCH_SERVERS ?? 1000)
const runs = Number(process.env.MON_BENCH_RUNS ?? 3)

const budgets: Figures = {
  'first render': 500,
  'first render, on the CPU': 500,
  'main thread per second': 150,
  'script per second': 25,
  'long tasks in 10 s': 0,
  'long tasks in 3 s of scrolling': 1,
  'DOM nodes': 8000,
  'JS heap': 20,
  'layout shift': 0,
}

if (chromiumPath === null) {
  console.log('only with a Chromium')
} else {
  const data = await mkdtemp(join(tmpdir(), 'mon-bench-'))
  const children: ChildProcess[] = []
  const browser = await chromium.launch(launchOptions)
  try {
    const agents: string[] = await start('agents', String(servers))
    const url: string = await start('aggregator', join(data, 'monitor.db'))
    await addServers(url, agents)
    const figures: Figures[] = []
    for (let run = 0; run < runs; run += 1) figures.push(await measure(browser, url))
    print(figures)
  } finally {
    await browser.close()
    for (const child of children) {
      child.disconnect()
      await once(child, 'exit')
    }
    await rm(data, { recursive: true, force: true })
  }

  async function start<T>(name: string, argument: string): Promise<T> {
    const program = new URL(`ui/${name}.ts`, import.meta.url)
    const child = fork(program, [argument], { execArgv: [] })
    children.push(child)
    const [message] = await once(child, 'message')
    return message
  }
}

/** Returns once all have been polled. */
async function addServers(url: string, agents: string[]): Promise<void> {
  for (const [index, base_url] of agents.entries()) {
    const response = await fetch(`${url}/api/servers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: `h100-${String(index).padStart(4, '0')}`, base_url }),
    })
    if (!response.ok) throw new Error(await response.text())
  }
  for (;;) {
    const response = await fetch(`${url}/api/servers?view=summary`)
    const list: { state: string }[] = await response.json()
    if (list.every(({ state }) => state === 'online')) return
    await new Promise((done) => setTimeout(done, 500))
  }
}

function print(figures: Figures[]): void {
  const [load = 0] = loadavg()
  console.log(
    `${servers} servers, ${servers / 5} changes a second, median of ${figures.length}; ` +
      `load ${load.toFixed(1)} on ${availableParallelism()} cores`,
  )
  for (const [name, budget] of Object.entries(budgets)) {
    const values = figures.map((run) => new Map(Object.entries(run)).get(name) ?? Number.NaN)
    const sorted = values.sort((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    const verdict = median <= budget ? 'holds' : 'EXCEEDED'
    const number = (value: number) => value.toFixed(value < 10 ? 2 : 0).replace('.00', '')
    console.log(
      `${name.padEnd(32)}${number(median).padStart(7)} of ${String(budget).padStart(5)}  ${verdict}` +
        `  (${sorted.map(number).join(', ')})`,
    )
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { definePlugin } from '../src/define-plugin.js'
import { Metric } from '../src/metrics/metric.js'
import { fansPlugin } from '../src/testing/fans-plugin.js'
import { startTestAgent } from '../src/testing/test-agent.js'
import { startTestAggregator } from '../src/testing/test-aggregator.js'

const isInstalled = ['promtool', 'prometheus'].every(
  (program) => spawnSync(program, ['--version']).status === 0,
)

const undos: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo()
})

/** A metric of every unit; the agent of this machine fills them with figures it has anyway. */
const everyUnit = definePlugin({
  id: 'every-unit',
  version: '1.0.0',
  api: '^1.0.0',
  aggregator: {
    metrics: Metric.properties.unit.anyOf.map(({ const: unit }) => ({
      name: `sample_${unit}`,
      field: 'mem_total_mb',
      unit,
      label: { en: `A figure\\in "${unit}"`, 'zh-CN': unit },
      hourly: [],
    })),
  },
})

/** An agent and an aggregator that has polled it, both behind a token. */
async function deployment() {
  const directory = await mkdtemp(join(tmpdir(), 'mon-'))
  undos.push(() => rm(directory, { recursive: true }))
  const token_file = join(directory, 'token')
  await writeFile(token_file, token, { mode: 0o600 })
  const agent = await startTestAgent([fansPlugin()], { token_file })
  undos.push(agent.stop)
  const aggregator = await startTestAggregator([fansPlugin(), everyUnit], { token_file })
  undos.push(aggregator.stop)

  const added = await fetch(`${aggregator.url}/api/servers`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'gpu "01"', base_url: agent.url, token }),
  })
  expect(added.status).toBe(201)
  await expect
    .poll(() => scrape(aggregator.url), { timeout: 10_000 })
    .toContain('mon_sample_celsius{')
  return { directory, token_file, agent, aggregator }
}

const token = 'a-token-of-some-length'
const authorization = `Bearer ${token}`

async function scrape(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`, { headers: { authorization } })).text()
}

describe.skipIf(!isInstalled)('Prometheus', () => {
  it('finds nothing to complain of in the metrics of either side', async () => {
    const { agent, aggregator } = await deployment()
    for (const url of [agent.url, aggregator.url]) {
      const checked = spawnSync('promtool', ['check', 'metrics'], { input: await scrape(url) })
      expect([checked.status, String(checked.stderr), String(checked.stdout)]).toEqual([0, '', ''])
    }
  })

  it('scrapes both sides with the configuration that the reference shows', async () => {
    const { directory, token_file, agent, aggregator } = await deployment()
    const config = join(directory, 'prometheus.yml')
    await writeFile(
      config,
      `
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: mon
    authorization: {credentials_file: ${token_file}}
    static_configs:
      - targets: [${new URL(aggregator.url).host}, ${new URL(agent.url).host}]
`,
    )
    const url = await startPrometheus(config, join(directory, 'data'))
    const values = async (expression: string) => {
      const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`)
      const { data } = await response.json()
      return data.result.map(({ value: [, value] }: { value: [number, string] }) => value)
    }
    await expect.poll(() => values('sum(up)'), { timeout: 15_000 }).toEqual(['2'])
    expect(await values('mon_server_up{server="gpu \\"01\\"",server_id="1"}')).toEqual(['1'])
    for (const { host } of [new URL(agent.url), new URL(aggregator.url)]) {
      expect(await values(`mon_fan_rpm{instance="${host}"}`)).toEqual(['900'])
    }
  })
})

async function startPrometheus(config: string, data: string): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`
  const prometheus = spawn(
    'prometheus',
    [`--config.file=${config}`, `--storage.tsdb.path=${data}`, `--web.listen-address=${address}`],
    { stdio: 'ignore' },
  )
  undos.push(() => end(prometheus))
  const isReady = async () => (await fetch(`http://${address}/-/ready`).catch(() => null))?.status
  await expect.poll(isReady, { timeout: 15_000 }).toBe(200)
  return `http://${address}`
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

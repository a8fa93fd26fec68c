import { afterEach, describe, expect, it } from 'vitest'
import { type ReadFamily, readExposition } from '../metrics/read-exposition.js'
import { fansPlugin } from '../testing/fans-plugin.js'
import { startTestAgent, type TestAgent } from '../testing/test-agent.js'
import { startTestAggregator } from '../testing/test-aggregator.js'

const undos: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo()
})

async function agentWithFans(): Promise<TestAgent> {
  const agent = await startTestAgent([fansPlugin()])
  undos.push(agent.stop)
  return agent
}

async function scrape(url: string): Promise<ReadFamily[]> {
  const response = await fetch(`${url}/metrics`)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  return readExposition(await response.text())
}

const samplesOf = (families: readonly ReadFamily[], name: string) =>
  families.find((family) => family.name === name)?.samples

describe('GET /metrics', () => {
  it('on an agent has the declared metrics of its own server, and how the collectors fare', async () => {
    const agent = await agentWithFans()
    await agent.snapshot()
    const families = await scrape(agent.url)
    expect(samplesOf(families, 'mon_fan_rpm')).toEqual([
      { name: 'mon_fan_rpm', labels: {}, value: 900 },
    ])
    expect(samplesOf(families, 'mon_mem_ratio')?.[0]?.value).toBeLessThanOrEqual(1)
    const collectors = samplesOf(families, 'mon_collector_up')
    expect(collectors?.map(({ labels, value }) => [labels.collector, value]).sort()).toEqual([
      ['fans', 1],
      ['system', 1],
    ])
    expect((await fetch(`${agent.url}/metrics`, { method: 'HEAD' })).status).toBe(200)
    expect(samplesOf(families, 'process_cpu_seconds_total')?.[0]?.value).toBeGreaterThan(0)
    expect(samplesOf(families, 'mon_hook_calls_total')).toContainEqual({
      name: 'mon_hook_calls_total',
      labels: { plugin: 'fans', hook: 'collect' },
      value: 1,
    })
  })

  it('on an aggregator has those of every server that answers, and the polls of all', async () => {
    const agent = await agentWithFans()
    const aggregator = await startTestAggregator([fansPlugin()])
    undos.push(aggregator.stop)
    const servers = [
      { name: 'rack "7"\\ü', base_url: agent.url },
      { name: 'dead', base_url: 'http://127.0.0.1:9' },
      { name: 'off', base_url: 'http://127.0.0.1:9', enabled: false },
    ]
    for (const server of servers) await aggregator.request('POST', '/api/servers', server)
    await expect
      .poll(async () => samplesOf(await scrape(aggregator.url), 'mon_server_up'), {
        timeout: 15_000,
      })
      .toEqual([
        { name: 'mon_server_up', labels: { server: 'rack "7"\\ü', server_id: '1' }, value: 1 },
        { name: 'mon_server_up', labels: { server: 'dead', server_id: '2' }, value: 0 },
      ])
    const families = await scrape(aggregator.url)
    expect(samplesOf(families, 'mon_fan_rpm')).toEqual([
      { name: 'mon_fan_rpm', labels: { server: 'rack "7"\\ü', server_id: '1' }, value: 900 },
    ])
    const inState = samplesOf(families, 'mon_server_state')?.filter(({ value }) => value === 1)
    expect(inState?.map(({ labels }) => [labels.server_id, labels.state])).toEqual([
      ['1', 'online'],
      ['2', 'offline'],
      ['3', 'disabled'],
    ])
    expect(samplesOf(families, 'mon_poll_failures_total')).toMatchObject([
      { labels: { code: 'AGENT_UNREACHABLE' } },
    ])
    expect(samplesOf(families, 'mon_server_poll_failures_total')).toMatchObject([
      { labels: { server_id: '1' }, value: 0 },
      { labels: { server_id: '2' } },
    ])
    expect(samplesOf(families, 'mon_live_window_bytes')?.[0]?.value).toBeGreaterThan(0)
  })
})

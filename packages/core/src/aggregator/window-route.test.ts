import { afterEach, describe, expect, it } from 'vitest'
import { fansPlugin } from '../testing/fans-plugin.js'
import { startTestAgent, type TestAgent } from '../testing/test-agent.js'
import { startTestAggregator, type TestAggregator } from '../testing/test-aggregator.js'

const undos: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo()
})

let rpm = 900

async function agentWithFans(config = {}): Promise<TestAgent> {
  const agent = await startTestAgent([fansPlugin(() => rpm)], config)
  undos.push(agent.stop)
  return agent
}

async function aggregatorWithFans(config = {}): Promise<TestAggregator> {
  const aggregator = await startTestAggregator([fansPlugin(() => rpm)], config)
  undos.push(aggregator.stop)
  return aggregator
}

describe('GET /api/servers/:id/live', () => {
  const live = (aggregator: TestAggregator, query = '') =>
    aggregator.request('GET', `/api/servers/1/live${query}`)

  it('has every declared metric of the last minutes, with a gap where polls were missed', async () => {
    rpm = 900
    const agent = await agentWithFans()
    const aggregator = await aggregatorWithFans()
    await aggregator.request('POST', '/api/servers', { name: 'a', base_url: agent.url })
    await expect
      .poll(() => live(aggregator), { timeout: 10_000 })
      .toMatchObject({ series: { fan_rpm: { min: [900, 900], max: [900, 900] } } })
    await agent.stop()
    await expect
      .poll(() => live(aggregator, '?minutes=1'), { timeout: 10_000 })
      .toMatchObject({ series: { fan_rpm: { max: expect.arrayContaining([null]) } } })
    rpm = 1000
    await agentWithFans({ listen: new URL(agent.url).host })
    await expect
      .poll(() => live(aggregator), { timeout: 10_000 })
      .toMatchObject({
        whole_from: expect.any(Number),
        series: {
          cpu_pct: { min: expect.any(Array) },
          fan_rpm: { max: expect.arrayContaining([900, null, 1000]) },
        },
      })
  })

  it('forgets a server that moves to another address', async () => {
    const agent = await agentWithFans()
    const aggregator = await aggregatorWithFans()
    await aggregator.request('POST', '/api/servers', { name: 'a', base_url: agent.url })
    await expect
      .poll(() => live(aggregator), { timeout: 10_000 })
      .toMatchObject({ whole_from: expect.any(Number) })
    await aggregator.request('PUT', '/api/servers/1', { base_url: 'http://127.0.0.1:9' })
    expect(await live(aggregator)).toMatchObject({ whole_from: null, ts: [] })
  })

  it('is empty where the window is switched off, and refuses what it cannot show', async () => {
    const agent = await agentWithFans()
    const aggregator = await aggregatorWithFans({ live_window_mb: 0 })
    await aggregator.request('POST', '/api/servers', { name: 'a', base_url: agent.url })
    await expect
      .poll(() => aggregator.request('GET', '/api/servers/1'), { timeout: 10_000 })
      .toMatchObject({ state: 'online' })
    expect(await live(aggregator)).toMatchObject({ ts: [], series: { fan_rpm: { max: [] } } })
    await expect(live(aggregator, '?minutes=61')).rejects.toThrow('400')
    await expect(aggregator.request('GET', '/api/servers/2/live')).rejects.toThrow(
      'SERVER_NOT_FOUND',
    )
  })
})

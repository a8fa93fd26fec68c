import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { gpuNvidia } from '../index.js'
import { failed, sampleCard, startLoopbackAgent, well } from './testdata/loopback-agent.js'

let folder: string
let aggregator: TestAggregator | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mon-gpu-aggregator-'))
})
afterEach(async () => {
  await aggregator?.stop()
  aggregator = undefined
  rmSync(folder, { recursive: true })
})

async function start(config: Record<string, unknown> = {}): Promise<TestAggregator> {
  aggregator = await startTestAggregator([gpuNvidia], {
    database: join(folder, 'monitor.db'),
    plugins: { [gpuNvidia.package ?? '']: config },
  })
  return aggregator
}

/** An aggregator that watches one agent, which says this. */
async function watch(fields: Record<string, unknown>, config: Record<string, unknown> = {}) {
  const agent = await startLoopbackAgent(fields)
  onTestFinished(agent.stop)
  const { request } = await start(config)
  await request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })
  return agent
}

const get = (path: string) => () => aggregator?.request('GET', path)
const latest = () => expect.poll(get('/api/servers/1'), { timeout: 10_000 })

describe('the aggregator', () => {
  it('sums up the cards of a server', async () => {
    await watch({
      collectors: well,
      gpus: [
        sampleCard(0, { util_pct: 90, temperature_c: 81 }),
        sampleCard(1, { util_pct: 10, mem_used_mb: null }),
        sampleCard(2, { util_pct: null, temperature_c: null, state: 'error' }),
      ],
    })
    await latest().toMatchObject({
      state: 'online',
      latest: {
        gpu_count: 3,
        gpu_util_pct: 90,
        gpu_util_pct_avg: 50,
        gpu_mem_used_mb: 2000,
        gpu_mem_total_mb: 3 * 81559,
        gpu_temp_c_max: 81,
        gpus: [{ hot: true }, { hot: false }, { hot: null }],
      },
    })
  })

  it('takes an agent of version 1.0 as it is', async () => {
    const card = { index: 0, name: 'NVIDIA A40', util_pct: 5, mem_used_mb: 1, mem_total_mb: 46068 }
    await watch({ agent_version: '1.0.3', gpus: [card] })
    await latest().toMatchObject({
      state: 'online',
      latest: { gpus: [card], gpu_count: 1, gpu_util_pct: 5, gpu_temp_c_max: null },
    })
  })

  it('nulls a wrong value of a card and keeps the rest', async () => {
    await watch({
      collectors: well,
      gpus: [sampleCard(0, { temperature_c: 'hot', processes: [{ pid: 'x' }] }), sampleCard(1)],
    })
    await latest().toMatchObject({
      state: 'online',
      latest: {
        gpus: [
          {
            temperature_c: null,
            processes: null,
            util_pct: 0,
            errors: [{ code: 'invalid', message: 'Of the wrong type: temperature_c, processes' }],
          },
          { temperature_c: 40 },
        ],
      },
    })
  })

  it.each([
    ['has none', { gpus: null, collectors: well }, 0],
    ['has no collector for them', { gpus: null, collectors: {} }, 0],
    ['failed before it could list them', { gpus: null, collectors: failed }, null],
  ])('counts the cards of a server that %s', async (_, fields, gpu_count) => {
    await watch(fields)
    await latest().toMatchObject({ latest: { gpus: null, gpu_count, gpu_util_pct: null } })
  })

  it('has thresholds for models and for single cards', async () => {
    await watch(
      { collectors: well, gpus: [0, 1].map((index) => sampleCard(index, { temperature_c: 83 })) },
      { hot_c_by_model: { H100: 85 }, hot_c_by_card: { 'GPU-00000001': 70 } },
    )
    await latest().toMatchObject({ latest: { gpus: [{ hot: false }, { hot: true }] } })
  })

  it('declares the metrics that give the columns of version 1.0', async () => {
    await start()
    expect(await get('/api/metrics')()).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ name: 'gpu_util_pct', hourly: ['avg', 'max'] }),
        expect.objectContaining({ name: 'gpu_mem_used_mb', hourly: ['avg', 'max'] }),
        expect.objectContaining({ name: 'gpu_mem_total_mb', hourly: ['last'] }),
        expect.objectContaining({ name: 'gpu_util_mean_pct', field: 'gpu_util_pct_avg' }),
        expect.objectContaining({ name: 'gpu_temp_c', field: 'gpu_temp_c_max' }),
      ]),
    )
  })
})

describe('a card that vanishes', () => {
  const missed = {
    latest: {
      gpu_count: 1,
      gpus: [
        { index: 0, state: 'ok' },
        {
          index: 1,
          state: 'lost',
          uuid: 'GPU-00000001',
          name: 'NVIDIA H100 80GB HBM3',
          lost_at: expect.any(Number),
        },
      ],
    },
  }

  it('is missed and named until it is back', async () => {
    const both = { collectors: well, gpus: [sampleCard(0), sampleCard(1)] }
    const agent = await watch(both)
    await latest().toMatchObject({ latest: { gpu_count: 2 } })
    agent.says({ collectors: well, gpus: [sampleCard(0)] })
    await latest().toMatchObject(missed)
    agent.says(both)
    await latest().toMatchObject({ latest: { gpu_count: 2, gpus: [{}, { state: 'ok' }] } })
  })

  it('is missed although the aggregator was restarted meanwhile', async () => {
    const agent = await watch({ collectors: well, gpus: [sampleCard(0), sampleCard(1)] })
    await latest().toMatchObject({ latest: { gpu_count: 2 } })
    await aggregator?.stop()
    agent.says({ collectors: well, gpus: [sampleCard(0)] })
    await start()
    await latest().toMatchObject(missed)
  })

  it('is missed by its uuid when the others move up', async () => {
    const agent = await watch({ collectors: well, gpus: [sampleCard(0), sampleCard(1)] })
    await latest().toMatchObject({ latest: { gpu_count: 2 } })
    agent.says({ collectors: well, gpus: [sampleCard(0, { uuid: 'GPU-00000001' })] })
    await latest().toMatchObject({
      latest: {
        gpus: [
          { uuid: 'GPU-00000001', state: 'ok' },
          { uuid: 'GPU-00000000', state: 'lost' },
        ],
      },
    })
  })

  it('is not missed while nothing is known of the cards', async () => {
    const agent = await watch({ collectors: well, gpus: [sampleCard(0)] })
    await latest().toMatchObject({ latest: { gpu_count: 1 } })
    agent.says({ collectors: failed, gpus: null })
    await latest().toMatchObject({ latest: { gpu_count: null, gpus: null } })
    agent.says({ collectors: {}, gpus: [{ index: 0, name: 'of an agent 1.0' }] })
    await latest().toMatchObject({ latest: { gpu_count: 1, gpus: [{ index: 0 }] } })
  })

  it('can be forgotten where it was taken out for good', async () => {
    const agent = await watch({ collectors: well, gpus: [sampleCard(0), sampleCard(1)] })
    await latest().toMatchObject({ latest: { gpu_count: 2 } })
    agent.says({ collectors: well, gpus: [sampleCard(0)] })
    await latest().toMatchObject(missed)
    await aggregator?.request('DELETE', '/api/gpus/lost/1/GPU-00000001')
    await expect
      .poll(get('/api/gpus'), { timeout: 10_000 })
      .toEqual([expect.objectContaining({ uuid: 'GPU-00000000' })])
  })

  it('belongs to another machine when the address changes', async () => {
    await watch({ collectors: well, gpus: [sampleCard(0), sampleCard(1)] })
    await latest().toMatchObject({ latest: { gpu_count: 2 } })
    const other = await startLoopbackAgent({ collectors: well, gpus: [sampleCard(7)] })
    onTestFinished(other.stop)
    await aggregator?.request('PUT', '/api/servers/1', { base_url: other.url })
    await latest().toMatchObject({ latest: { gpu_count: 1, gpus: [{ uuid: 'GPU-00000007' }] } })
    expect(await get('/api/gpus')()).toHaveLength(1)
  })
})

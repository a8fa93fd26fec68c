import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { gpuNvidia } from '../index.js'
import {
  type LoopbackAgent,
  sampleCard,
  startLoopbackAgent,
  well,
} from './testdata/loopback-agent.js'

describe('the API', () => {
  const ada = { pid: 42, user: 'ada', command: 'python3', mem_used_mb: 70_000, container: null }
  const bob = {
    pid: 43,
    user: 'bob',
    command: 'vllm',
    mem_used_mb: 9_000,
    container: '3f4d2c1b0a99',
  }
  const gpus = [
    sampleCard(0, { util_pct: 100, mem_used_mb: 79_000, processes: [ada, bob] }),
    sampleCard(1),
    sampleCard(2, {
      name: 'NVIDIA A40',
      mem_total_mb: 46068,
      processes: [bob],
      mem_used_mb: 9_500,
    }),
    sampleCard(3),
    sampleCard(4, { state: 'error', util_pct: null }),
  ]

  let agent: LoopbackAgent
  let aggregator: TestAggregator
  const get = (path: string) => () => aggregator.request('GET', path)

  beforeAll(async () => {
    agent = await startLoopbackAgent({ collectors: well, gpus })
    aggregator = await startTestAggregator([gpuNvidia])
    await aggregator.request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })
    const listed = async () => expect(await get('/api/gpus')()).toHaveLength(gpus.length)
    await vi.waitFor(listed, { timeout: 10_000 })
  })
  afterAll(async () => {
    await aggregator?.stop()
    await agent?.stop()
  })

  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['?model=h100', [0, 1, 3, 4]],
    ['?state=error', [4]],
    ['?trouble=true', [4]],
    ['?user=bob', [0, 2]],
    ['?user=bob&model=A40', [2]],
  ])('lists the cards of the fleet: %s', async (query, indexes) => {
    const cards = await get(`/api/gpus${query}`)()
    expect(cards).toMatchObject(indexes.map((index) => ({ server: 'gpu-01', server_id: 1, index })))
    expect(cards).toHaveLength(indexes.length)
  })

  it('finds free cards, with the line to copy', async () => {
    expect(await get('/api/gpus/free?count=2&min_free_mb=40960')()).toEqual([
      {
        server_id: 1,
        server: 'gpu-01',
        host: '127.0.0.1',
        name: 'NVIDIA H100 80GB HBM3',
        indexes: [1, 3],
        uuids: ['GPU-00000001', 'GPU-00000003'],
        free_mb: 80559,
        free_cards: 2,
        environment: 'CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=1,3',
      },
    ])
    expect(await get('/api/gpus/free?count=3&min_free_mb=40960')()).toEqual([])
    expect(await get('/api/gpus/free?min_free_mb=30000&model=A40')()).toMatchObject([
      { indexes: [2] },
    ])
  })

  it('says who uses what', async () => {
    expect(await get('/api/gpus/processes')()).toMatchObject([
      { user: 'ada', gpu_count: 1, mem_used_mb: 70_000, processes: [{ pid: 42, gpu_index: 0 }] },
      { user: 'bob', gpu_count: 2, mem_used_mb: 18_000, processes: [{}, { server: 'gpu-01' }] },
    ])
    expect(await get('/api/gpus/processes?user=ada')()).toHaveLength(1)
  })

  it('has the last minutes of each card', async () => {
    expect(await get('/api/gpus/live?server_id=1&minutes=5')()).toMatchObject({
      step_s: 15,
      ts: expect.arrayContaining([expect.any(Number)]),
      cards: [
        { index: 0, uuid: 'GPU-00000000', series: { util_pct: expect.arrayContaining([100]) } },
        {},
        {},
        {},
        {},
      ],
    })
  })

  it.each(['/api/gpus?state=happy', '/api/gpus/free?count=0', '/api/gpus/live'])(
    'refuses %s',
    async (path) => {
      await expect(get(path)()).rejects.toThrow('400')
    },
  )
})

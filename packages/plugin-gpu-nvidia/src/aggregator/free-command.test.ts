import { startTestAggregator } from '@mon/core/testing'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { gpuNvidia } from '../index.js'
import { freeCommand } from './free-command.js'
import { sampleCard, startLoopbackAgent, well } from './testdata/loopback-agent.js'

let printed: string[]

beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function startFleet(): Promise<string> {
  const aggregator = await startTestAggregator([gpuNvidia])
  onTestFinished(aggregator.stop)
  const gpus = [sampleCard(0), sampleCard(1, { util_pct: 99 }), sampleCard(2)]
  const agent = await startLoopbackAgent({ collectors: well, gpus })
  onTestFinished(agent.stop)
  await aggregator.request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })
  await expect
    .poll(() => aggregator.request('GET', '/api/gpus'), { timeout: 10_000 })
    .toHaveLength(3)
  return aggregator.url
}

describe('mon free', () => {
  it('prints where the cards are free, with the line to copy', async () => {
    await freeCommand.run(['--gpus', '2', '--mem', '40', '--url', await startFleet()])
    expect(printed).toEqual([
      'SERVER  GPU                        FREE EACH',
      'gpu-01  2 × NVIDIA H100 80GB HBM3  78.7 GiB   CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=0,2',
    ])
  })

  it('fails where there are none, so that a script can wait', async () => {
    await freeCommand.run(['--gpus', '3', '--url', await startFleet()])
    expect(printed).toEqual(['No server has that many free GPUs now.'])
    expect(process.exitCode).toBe(1)
  })

  it.each([
    [['--gpus', 'two'], '--gpus wants a number, not "two"'],
    [['--cards', '2'], "Unknown option '--cards'"],
    [['--url', 'http://127.0.0.1:9'], 'http://127.0.0.1:9 cannot be reached'],
  ])('%s says what is wrong', async (args, words) => {
    await expect(freeCommand.run(args)).rejects.toThrow(words)
  })

  it('explains itself', async () => {
    await freeCommand.run(['--help'])
    expect(printed.join('\n')).toContain('--mem GIB')
  })
})

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GpuSource } from '../card.js'
import { createExclusion } from '../exclusion.js'
import { createCommandRunner } from './run-command.js'
import { createSmiSource } from './smi-source.js'

const program = fileURLToPath(new URL('./testdata/fake-nvidia-smi', import.meta.url))
const recorded = (name: string) =>
  readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')

let folder: string
let source: GpuSource
let clock = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mon-smi-'))
  vi.stubEnv('FAKE_NVIDIA_SMI', folder)
  play({
    help: recorded('help-query-gpu-h100-590.48.01.txt'),
    gpus: recorded('query-gpu-load-h100-590.48.01.csv'),
    apps: recorded('query-compute-apps-load-h100-590.48.01.csv'),
  })
  clock = 0
  source = start(10_000)
})

afterEach(() => {
  source.stop()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function start(deadline_ms: number): GpuSource {
  return createSmiSource({
    runner: createCommandRunner(program, deadline_ms),
    describe: (process) => ({ ...process, user: 'ada', command: null, container: null }),
    exclusion: createExclusion([]),
    slow_interval_ms: 10_000,
    now: () => clock,
  })
}

function play(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

function calls(): string[] {
  if (!existsSync(join(folder, 'calls'))) return []
  return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
}

describe('nvidia-smi', () => {
  it('gives the card and its processes', async () => {
    expect(await source.sample()).toMatchObject({
      complete: true,
      cards: [
        { util_pct: 100, processes: [{ pid: 11327, user: 'ada', mem_used_mb: 2566 }, {}, {}] },
      ],
    })
  })

  it('is asked what it knows once, and for processes at their own pace', async () => {
    await source.sample()
    clock = 5_000
    await source.sample()
    expect(calls().map((call) => call.split('=')[0])).toEqual([
      '--help-query-gpu',
      '--query-gpu',
      '--query-compute-apps',
      '--query-gpu',
    ])
  })

  it('that fails for one card gives the others', async () => {
    const gpus = recorded('query-gpu-load-h100-590.48.01.csv')
    play({
      gpus: `Unable to determine the device handle for GPU0000:02:00.0: Unknown Error\n${gpus}`,
      status: '15',
    })
    expect(await source.sample()).toMatchObject({
      complete: false,
      cards: [
        { state: 'ok', util_pct: 100 },
        { state: 'lost', bus_id: '0000:02:00.0' },
      ],
    })
  })

  it('without devices is no failure', async () => {
    play({ gpus: 'No devices were found\n', status: '6' })
    expect(await source.sample()).toEqual({ cards: [], complete: true })
  })

  it('that does not fit the driver says so', async () => {
    play({
      gpus: 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 535.161\n',
      status: '18',
    })
    await expect(source.sample()).rejects.toThrow(
      'nvidia-smi failed (18): Failed to initialize NVML: Driver/library version mismatch',
    )
  })

  it('that hangs is killed at the deadline, and works again afterwards', async () => {
    play({ hang: '' })
    const impatient = start(200)
    await expect(impatient.sample()).rejects.toThrow('gave no answer within 0.2 s')
    rmSync(join(folder, 'hang'))
    await expect.poll(() => impatient.sample().catch(String)).toMatchObject({ complete: true })
  })

  it('that is not there says so', async () => {
    const runner = createCommandRunner(join(folder, 'nothing'), 1000)
    await expect(runner.run([])).rejects.toThrow(/cannot be started: .*ENOENT/)
  })

  it('that is slow is asked more rarely, and the age of its values is told', async () => {
    const slow = createSmiSource({
      runner: {
        async run(args) {
          const fast = createCommandRunner(program, 10_000)
          const result = await fast.run(args)
          clock += args[0]?.startsWith('--query-gpu') ? 3_000 : 0
          return result
        },
        stop() {},
      },
      describe: (process) => ({ ...process, user: null, command: null, container: null }),
      exclusion: createExclusion([]),
      slow_interval_ms: 10_000,
      now: () => clock,
    })
    await slow.sample()
    clock = 14_900
    expect(await slow.sample()).toMatchObject({ cards: [{ state: 'ok', age_s: 14.9 }] })
    clock = 15_000
    expect((await slow.sample()).cards[0]).not.toHaveProperty('age_s')
  })
})

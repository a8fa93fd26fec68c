import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestAgent, type TestAgent } from '@mon/core/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { gpuNvidia } from '../index.js'
import { compileFakeDriver, type FakeDriver } from './nvml/testdata/fake-driver.js'
import { findNvidia } from './presence.js'

const good = '0, GPU-aaaaaaaa, 00000000:01:00.0, 7, 16376, 1474, 46, NVIDIA A40\n'
const fakeSmi = fileURLToPath(new URL('./nvidia-smi/testdata/fake-nvidia-smi', import.meta.url))

/** A developer's machine may have a card of its own. */
const hasDriver = findNvidia({ nvidia_smi_path: 'nvidia-smi', env: {} }).nvml

let driver: FakeDriver
let folder: string
let agent: TestAgent | undefined

beforeAll(() => {
  driver = compileFakeDriver()
})
afterAll(() => driver.remove())

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mon-gpu-agent-'))
  vi.stubEnv('FAKE_NVIDIA_SMI', folder)
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`)
})
afterEach(async () => {
  await agent?.stop()
  agent = undefined
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function installDriver(): void {
  for (const [name, value] of Object.entries(driver.env)) vi.stubEnv(name, value)
}

function installSmi(files: Record<string, string>): void {
  symlinkSync(fakeSmi, join(folder, 'nvidia-smi'))
  const all = { help: '', apps: '', ...files }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
}

async function start(config: Record<string, unknown> = {}): Promise<TestAgent> {
  agent = await startTestAgent([gpuNvidia], { plugins: { [gpuNvidia.package ?? '']: config } })
  return agent
}

describe('the agent', () => {
  it.skipIf(hasDriver)(
    'without anything of NVIDIA has no cards, and that is no error',
    async () => {
      const { gpus, collectors } = await (await start()).snapshot()
      expect(gpus).toBeNull()
      expect(collectors['gpu-nvidia']).toMatchObject({ ok: true })
    },
  )

  it('reads the library where there is one', async () => {
    installDriver()
    installSmi({ gpus: good })
    driver.play('count 8', 'processes 24 2')
    const { gpus, collectors } = await (await start()).snapshot()
    expect(gpus).toHaveLength(8)
    expect(gpus?.[7]).toMatchObject({ name: 'NVIDIA Fake 80GB', util_pct: 70, temperature_c: 47 })
    expect(collectors['gpu-nvidia']).toMatchObject({ ok: true })
  })

  it.skipIf(hasDriver)('asks nvidia-smi where there is no library', async () => {
    installSmi({ gpus: good })
    const { gpus } = await (await start()).snapshot()
    expect(gpus).toMatchObject([{ index: 0, name: 'NVIDIA A40', util_pct: 7, mem_used_mb: 1474 }])
  })

  it('asks nvidia-smi where the library fails', async () => {
    installDriver()
    driver.play('init 12')
    installSmi({ gpus: good })
    const { gpus, collectors } = await (await start()).snapshot()
    expect(gpus).toMatchObject([{ name: 'NVIDIA A40', state: 'ok' }])
    expect(collectors['gpu-nvidia']).toMatchObject({ ok: true })
  })

  it('asks only the way that is configured', async () => {
    installDriver()
    driver.play('count 2')
    installSmi({ gpus: good })
    const { gpus } = await (await start({ source: 'nvidia-smi' })).snapshot()
    expect(gpus).toHaveLength(1)
  })

  it('says what is wrong where the driver fails before a card was listed', async () => {
    installDriver()
    driver.play('init 18')
    const { gpus, collectors } = await (await start()).snapshot()
    expect(gpus).toBeNull()
    expect(collectors['gpu-nvidia']).toMatchObject({
      ok: false,
      code: 'COLLECTOR_FAILED',
      message: expect.stringContaining('differ in version'),
    })
  })

  it('goes on listing its cards when the driver fails later, and is not well', async () => {
    installDriver()
    driver.play('count 2')
    const running = await start()
    await running.snapshot()
    driver.play('init 9')
    await expect.poll(running.snapshot, { timeout: 5_000 }).toMatchObject({
      gpus: [{ state: 'stale', errors: [{ code: 'driver' }] }, { state: 'stale' }],
      collectors: { 'gpu-nvidia': { ok: false, code: 'COLLECTOR_FAILED' } },
    })
  })

  it('answers within 2 s while the driver hangs, and then shows the others', async () => {
    installDriver()
    driver.play('count 3', 'card 1 hang')
    const running = await start()
    expect((await running.snapshot()).collectors['gpu-nvidia']).toMatchObject({
      ok: false,
      code: 'COLLECTOR_TIMEOUT',
    })
    await expect.poll(running.snapshot, { timeout: 10_000 }).toMatchObject({
      gpus: [{ state: 'ok' }, { state: 'error', errors: [{ code: 'timeout' }] }, { state: 'ok' }],
      collectors: { 'gpu-nvidia': { ok: true } },
    })
  })

  it('refuses a configuration that makes no sense', async () => {
    await expect(start({ slow_interval_s: 1, leave_alone: ['the red one'] })).rejects.toThrow(
      /slow_interval_s must be >= 5[\s\S]*leave_alone/,
    )
  })
})

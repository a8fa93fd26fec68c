import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createExclusion } from './exclusion.js'
import type { NvmlChild } from './nvml/launch-child.js'
import { createNvmlSource } from './nvml/nvml-source.js'
import { createPowerState } from './power-state.js'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mon-power-'))
  write('proc/driver/nvidia/gpus/0000:01:00.0/information', information)
  write('sys/class/power_supply/BAT0/type', 'Battery\n')
  sleep('active')
  write('sys/bus/pci/devices/0000:01:00.0/power/control', 'auto\n')
})
afterEach(() => rmSync(root, { recursive: true }))

const information = `Model: \t\t NVIDIA GeForce RTX 4070 Laptop GPU
IRQ:   \t\t 178
GPU UUID: \t GPU-aaaaaaaa-0000-0000-0000-000000000000
Bus Location: \t 0000:01:00.0
`

function write(path: string, text: string): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function sleep(status: 'active' | 'suspended'): void {
  write('sys/bus/pci/devices/0000:01:00.0/power/runtime_status', `${status}\n`)
}

/** A child that answers as the driver of an idle card would. */
function laptop() {
  const identity = {
    index: 0,
    uuid: 'GPU-aaaaaaaa-0000-0000-0000-000000000000',
    bus_id: '0000:01:00.0',
    name: 'x',
  }
  const card = {
    ...identity,
    util_pct: 0,
    mem_used_mb: 1,
    mem_total_mb: 8188,
    temperature_c: 40,
    state: 'ok' as const,
    processes: [],
  }
  const log: string[] = []
  const launch = (): NvmlChild => {
    log.push('launched')
    return {
      send: () => {},
      async listen() {
        const lines = [
          { say: 'opened' as const, card: identity },
          { say: 'card' as const, card },
        ]
        return { lines, end: 'done', reason: '' }
      },
      kill: () => void log.push('killed'),
      isGone: () => true,
    }
  }
  const source = createNvmlSource({
    launch,
    power: createPowerState(root),
    describe: (process) => ({ ...process, user: null, command: null, container: null }),
    pids_known: false,
    exclusion: createExclusion([]),
    slow_interval_ms: 10_000,
    now: () => 0,
  })
  return { source, log }
}

it('a sleeping card of a laptop is shown, and not woken', async () => {
  sleep('suspended')
  const { source, log } = laptop()
  expect(await source.sample()).toMatchObject({
    cards: [
      {
        index: 0,
        state: 'suspended',
        name: 'NVIDIA GeForce RTX 4070 Laptop GPU',
        uuid: 'GPU-aaaaaaaa-0000-0000-0000-000000000000',
        bus_id: '0000:01:00.0',
        util_pct: null,
      },
    ],
  })
  expect(log).toEqual([])
})

it('an idle card of a laptop is let go, so that it can fall asleep', async () => {
  const { source, log } = laptop()
  expect(await source.sample()).toMatchObject({ cards: [{ state: 'ok' }] })
  expect(log).toEqual(['launched', 'killed'])
  sleep('suspended')
  expect(await source.sample()).toMatchObject({ cards: [{ state: 'suspended' }] })
  expect(log).toEqual(['launched', 'killed'])
})

it('a server without a battery keeps its cards open', async () => {
  rmSync(join(root, 'sys/class/power_supply'), { recursive: true })
  const { source, log } = laptop()
  await source.sample()
  await source.sample()
  expect(log).toEqual(['launched'])
})

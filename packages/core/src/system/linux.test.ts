import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { systemFields } from '../snapshot/snapshot.js'
import { createMachine, garbage } from './fixture.js'
import { createLinuxSystem } from './linux.js'

const statfs = async () => ({ bsize: 4096, blocks: 1024, bfree: 512, bavail: 512 })

test('a sample has every field, over the time since the start', async () => {
  const machine = createMachine('gpu-server')
  machine.addSys({ 'class/net/ib0/device': null, 'block/sda/device': null })
  let clock = 1000
  const system = createLinuxSystem({ ...machine, now: () => clock, statfs })
  system.start()

  clock += 2000
  machine.change('stat', (text) => text.replace('cpu  1000000', 'cpu  1000300'))
  machine.change('stat', (text) => text.replace(' 8000000 ', ' 8000100 '))
  machine.change('net/dev', (text) => text.replace('50000000 5000', '50004000 5000'))
  machine.change('diskstats', (text) =>
    text.replace('8       0 sda 1000 0 40000', '8       0 sda 1000 0 40008'),
  )
  const sample = await system.sample()
  system.stop()

  expect(sample).toEqual({
    uptime_s: 8640000,
    cpu_pct: 75,
    cpu_count: 4,
    load_1: 31.1,
    load_5: 28.05,
    load_15: 22.9,
    mem_used_mb: 51552,
    mem_total_mb: 515518,
    mem_pct: 10,
    swap_used_mb: 2048,
    swap_total_mb: 8192,
    disks: expect.arrayContaining([
      { mount: '/mnt/my old disk', fs: 'ext4', used_mb: 2, total_mb: 4, used_pct: 50 },
    ]),
    disk_pct: 50,
    net_rx_bps: 2000,
    net_tx_bps: 0,
    disk_read_bps: 2048,
    disk_write_bps: 0,
  })
})

test('it can be stopped and started again', async () => {
  const machine = createMachine('vm')
  const system = createLinuxSystem({ ...machine, statfs })
  system.start()
  system.stop()
  system.start()
  expect((await system.sample()).cpu_count).toBe(2)
  system.stop()
})

test('a file that is missing costs its own fields only', async () => {
  const machine = createMachine('vm')
  const whole = createLinuxSystem({ ...machine, statfs })
  const { disks, disk_pct, ...others } = await whole.sample()
  whole.stop()
  machine.remove('self/mountinfo')
  machine.remove('meminfo')
  const system = createLinuxSystem({ ...machine, statfs })
  expect(await system.sample()).toEqual({
    ...others,
    disks: null,
    disk_pct: null,
    mem_used_mb: null,
    mem_total_mb: null,
    mem_pct: null,
    swap_used_mb: null,
    swap_total_mb: null,
  })
  system.stop()
})

test('whatever is in the files, a sample is one, with percentages in range', async () => {
  const machine = createMachine('vm')
  const files = ['stat', 'meminfo', 'loadavg', 'uptime', 'net/dev', 'diskstats', 'self/mountinfo']
  const originals = new Map(
    files.map((file) => [file, readFileSync(join(machine.procfs, file), 'utf8')]),
  )
  const system = createLinuxSystem({ ...machine, statfs })
  const damage = fc.record({
    file: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    text: fc.oneof(garbage, fc.constant('9'.repeat(400)), fc.constant('-1')),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1 }), async (damages) => {
      for (const [file, text] of originals) writeFileSync(join(machine.procfs, file), text)
      for (const { file, at, length, text } of damages) {
        machine.change(file, (whole) => {
          const from = Math.floor(at * whole.length)
          return whole.slice(0, from) + text + whole.slice(from + length)
        })
      }
      const sample = await system.sample()
      expect([...Value.Errors(Type.Object(systemFields), sample)]).toEqual([])
      for (const [name, value] of Object.entries(sample)) {
        if (typeof value !== 'number') continue
        expect(value, name).toBeGreaterThanOrEqual(0)
        if (name.endsWith('_pct')) expect(value, name).toBeLessThanOrEqual(100)
        expect(Number.isFinite(value), name).toBe(true)
      }
    }),
  )
  system.stop()
})

test.runIf(process.platform === 'linux')(
  'this machine is measured as its own tools do',
  async () => {
    const system = createLinuxSystem()
    system.start()
    // Work until the kernel has counted a few ticks.
    const ticks = () => readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]
    for (let last = ticks(), changes = 0; changes < 5; ) {
      const next = ticks()
      if (next !== last) changes += 1
      last = next
    }
    const sample = await system.sample()
    system.stop()

    expect(sample.cpu_pct).toBeGreaterThan(0)
    expect(sample.cpu_count).toBeGreaterThanOrEqual(availableParallelism())
    const total =
      Number(/^MemTotal: +(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024
    expect(sample.mem_total_mb).toBe(Math.round(total))
    expect(sample.mem_used_mb).toBeLessThan(total)
    expect(sample.uptime_s).toBeGreaterThan(0)
    expect(sample.net_rx_bps).toBeGreaterThanOrEqual(0)

    const root = sample.disks?.find((disk) => disk.mount === '/')
    const df = execFileSync('df', ['-kP', '/']).toString()
    const [, size = 0, used = 0, percent = 0] =
      /(\d+) +(\d+) +\d+ +(\d+)% \/$/m.exec(df)?.map(Number) ?? []
    expect(Math.abs((root?.total_mb ?? 0) - size / 1024)).toBeLessThanOrEqual(1)
    expect(Math.abs((root?.used_mb ?? 0) - used / 1024)).toBeLessThan(500)
    // df rounds up.
    expect(Math.abs((root?.used_pct ?? 0) - percent)).toBeLessThan(2)
  },
)

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDiskstats, selectDisks } from './disk-io.js'
import { createMachine, garbage, recorded } from './fixture.js'

test('sectors are 512 bytes, and lines of old and new kernels are read', () => {
  const counters = parseDiskstats(recorded('gpu-server/diskstats'))
  expect(counters.get('nvme0n1')).toEqual([8000000 * 512, 16000000 * 512])
  expect(counters.get('sda')).toEqual([40000 * 512, 80000 * 512])
  expect(parseDiskstats(recorded('vm/diskstats')).has('vda')).toBe(true)
})

test('only whole disks with hardware behind them count', () => {
  const machine = createMachine('gpu-server')
  machine.addSys({
    'block/nvme0n1/device': null,
    'block/nvme0c0n1/device': null,
    'block/nvme0c0n1/hidden': '1\n',
    'block/sda/device': null,
    'block/sda/hidden': '0\n',
    'block/cciss!c0d0/device': null,
    'block/md0': null,
    'block/dm-0': null,
    'block/loop0': null,
  })
  const names = [...parseDiskstats(recorded('gpu-server/diskstats')).keys()]
  expect(names).toContain('nvme0n1p1')
  expect(selectDisks(names, machine.sysfs)).toEqual(['nvme0n1', 'sda', 'cciss/c0d0'])
})

test('garbage gives no exception and no impossible counter', () => {
  fc.assert(
    fc.property(garbage, (text) => {
      for (const pair of parseDiskstats(`${text}\n 8 0 sda ${text}`).values()) {
        for (const bytes of pair) expect(bytes).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recorded } from './fixture.js'
import { memoryFields, parseMeminfo } from './memory.js'

test('used memory is what is not available, so caches do not count', () => {
  expect(memoryFields(parseMeminfo(recorded('gpu-server/meminfo')))).toEqual({
    mem_total_mb: 515518,
    mem_used_mb: 51552,
    mem_pct: 10,
    swap_total_mb: 8192,
    swap_used_mb: 2048,
  })
})

test('on a kernel without MemAvailable, free memory and caches are available', () => {
  const { mem_used_mb, swap_total_mb, swap_used_mb } = memoryFields(
    parseMeminfo(recorded('old-kernel/meminfo')),
  )
  expect(mem_used_mb).toBe(Math.round((4046560 - 308492 - 191204 - 1546864) / 1024))
  expect([swap_total_mb, swap_used_mb]).toEqual([0, 0])
})

test('without a readable /proc/meminfo everything is unknown', () => {
  const unknown = {
    mem_used_mb: null,
    mem_total_mb: null,
    mem_pct: null,
    swap_used_mb: null,
    swap_total_mb: null,
  }
  expect(memoryFields(null)).toEqual(unknown)
  expect(memoryFields(parseMeminfo(''))).toEqual(unknown)
})

test('no figure is ever negative, above the whole, or not a number', () => {
  const names = [
    'MemTotal',
    'MemFree',
    'MemAvailable',
    'Buffers',
    'Cached',
    'SwapTotal',
    'SwapFree',
  ]
  const line = fc
    .tuple(fc.constantFrom(...names), fc.oneof(fc.nat(), fc.constant('9'.repeat(400)), fc.string()))
    .map(([name, value]) => `${name}: ${value} kB`)
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const fields = memoryFields(parseMeminfo(lines.join('\n')))
      for (const value of Object.values(fields)) expect(value === null || value >= 0).toBe(true)
      expect(fields.mem_pct ?? 0).toBeLessThanOrEqual(100)
      expect(fields.mem_used_mb ?? 0).toBeLessThanOrEqual(fields.mem_total_mb ?? 0)
    }),
  )
})

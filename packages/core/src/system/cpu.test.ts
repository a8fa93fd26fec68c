import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuPct, createCpuMeter, loadFields, parseStat, uptimeFields } from './cpu.js'
import { garbage, recorded } from './fixture.js'

const line = (...ticks: number[]) => `cpu  ${ticks.join(' ')}\ncpu0 0 0 0 0\n`
const usage = (before: number[], after: number[]) => {
  const [a, b] = [parseStat(line(...before)), parseStat(line(...after))]
  return a && b && cpuPct(a, b)
}
//                user nice system idle iowait irq softirq steal guest guest_nice
const START = [1000, 0, 500, 9000, 100, 0, 10, 0, 0, 0]

test('waiting for a disk is idle time', () => {
  expect(usage(START, [1000, 0, 500, 9050, 150, 0, 10, 0, 0, 0])).toBe(0)
})

test('time that the hypervisor gave to another guest is busy time', () => {
  expect(usage(START, [1000, 0, 500, 9050, 100, 0, 10, 50, 0, 0])).toBe(50)
})

test('time of guests is not counted twice', () => {
  expect(usage(START, [1025, 0, 500, 9075, 100, 0, 10, 0, 25, 0])).toBe(25)
})

test('user, nice, system and interrupts are busy time', () => {
  expect(usage(START, [1010, 10, 510, 9050, 100, 10, 20, 0, 0, 0])).toBe(50)
})

test('an iowait that decreases does not make the usage negative or wrong', () => {
  expect(usage(START, [1000, 0, 500, 9000, 60, 0, 10, 0, 0, 0])).toBeNull()
  expect(usage(START, [1050, 0, 500, 9090, 60, 0, 10, 0, 0, 0])).toBe(50)
})

test('there is no usage before the second reading, nor when no tick has passed', () => {
  const meter = createCpuMeter()
  const times = parseStat(recorded('vm/stat'))
  expect(meter(times)).toEqual({ cpu_pct: null, cpu_count: 2 })
  expect(meter(times)).toEqual({ cpu_pct: null, cpu_count: 2 })
})

test('after an unreadable /proc/stat the usage starts afresh', () => {
  const meter = createCpuMeter()
  meter(parseStat(line(...START)))
  expect(meter(null)).toEqual({ cpu_pct: null, cpu_count: null })
  expect(meter(parseStat(line(...START.map((ticks) => ticks + 10)))).cpu_pct).toBeNull()
})

test('the CPUs that are online are counted', () => {
  expect(parseStat(recorded('gpu-server/stat'))?.count).toBe(4)
})

test('the four columns of an old kernel are enough', () => {
  expect(parseStat(recorded('old-kernel/stat'))).toEqual({
    busy: 2255 + 34 + 2290,
    idle: 22625563,
    count: 2,
  })
})

test('load and uptime are read as they stand', () => {
  expect(loadFields(recorded('gpu-server/loadavg'))).toEqual({
    load_1: 31.1,
    load_5: 28.05,
    load_15: 22.9,
  })
  expect(uptimeFields(recorded('gpu-server/uptime'))).toEqual({ uptime_s: 8640000 })
  expect(loadFields(null)).toEqual({ load_1: null, load_5: null, load_15: null })
  expect(uptimeFields('')).toEqual({ uptime_s: null })
})

test('whatever the counters do, the usage stays between 0 and 100 or is null', () => {
  const ticks = fc.array(fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 64n })), {
    minLength: 4,
    maxLength: 12,
  })
  fc.assert(
    fc.property(ticks, ticks, (before, after) => {
      const [a, b] = [before, after].map((all) => parseStat(`cpu  ${all.join(' ')}\n`))
      const pct = a && b ? cpuPct(a, b) : null
      expect(pct === null || (pct >= 0 && pct <= 100)).toBe(true)
    }),
  )
})

test('garbage gives no exception and no impossible value', () => {
  fc.assert(
    fc.property(garbage, (text) => {
      for (const times of [parseStat(text), parseStat(`cpu  ${text}`)]) {
        for (const value of Object.values(times ?? {})) expect(value).toBeGreaterThanOrEqual(0)
      }
      const fields = { ...loadFields(text), ...uptimeFields(text) }
      for (const value of Object.values(fields)) expect(value ?? 0).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(parseStat(`cpu  ${'9'.repeat(400)} 1 1 1\n`)).toBeNull()
})

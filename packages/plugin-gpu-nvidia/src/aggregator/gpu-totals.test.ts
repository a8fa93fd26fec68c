import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { GpuInfo } from '../gpu-info.js'
import { checkCards } from './check-cards.js'
import { gpuCollectors, gpuTotals } from './gpu-totals.js'

const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }))
const anyCard: fc.Arbitrary<GpuInfo> = fc.record({
  index: fc.nat(20),
  util_pct: value,
  mem_used_mb: value,
  mem_total_mb: value,
  temperature_c: value,
  state: fc.constantFrom('ok', 'lost', 'error', null),
})

it('unknown values are left out, and all unknown is null, never 0', () => {
  fc.assert(
    fc.property(fc.array(anyCard), fc.boolean(), (cards, failed) => {
      const totals = gpuTotals(cards, failed)
      const present = cards.filter(({ state }) => state !== 'lost')
      expect(totals.gpu_count).toBe(present.length)
      const isKnown = present.some(({ util_pct }) => util_pct !== null)
      expect(totals.gpu_util_pct !== null).toBe(isKnown)
      expect(totals.gpu_util_pct_avg !== null).toBe(isKnown)
      expect(Number(totals.gpu_util_pct_avg)).toBeLessThanOrEqual(
        Number(totals.gpu_util_pct) * (1 + 1e-9),
      )
      const hasTotal = present.some(({ mem_total_mb }) => mem_total_mb !== null)
      expect(totals.gpu_mem_total_mb !== null).toBe(hasTotal)
    }),
  )
})

it("another vendor's collector counts, by the beginning of its name", () => {
  const well = { ok: true, age_s: 0 }
  const bad = { ok: false, age_s: null }
  expect(gpuCollectors({ system: bad })).toBe('none')
  expect(gpuCollectors({ 'gpu-amd': well, system: bad })).toBe('well')
  expect(gpuCollectors({ 'gpu-amd': bad })).toBe('failed')
})

it('whatever an agent sends as cards, cards come out, or nothing', () => {
  const junk = fc.array(
    fc.oneof(
      fc.jsonValue(),
      fc.record({
        index: fc.oneof(fc.nat(), fc.string()),
        name: fc.jsonValue(),
        errors: fc.jsonValue(),
      }),
      anyCard,
    ),
  )
  fc.assert(
    fc.property(junk, (received) => {
      for (const card of checkCards(received) ?? []) {
        expect(typeof card.index).toBe('number')
        expect(['string', 'object', 'undefined']).toContain(typeof card.name)
      }
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GpuInfo } from '../gpu-info.js'
import { createCardUse, IDLE_FOR_S } from './card-use.js'

const card = (more: Partial<GpuInfo> = {}): GpuInfo => ({
  index: 0,
  uuid: 'GPU-1',
  util_pct: 0,
  mem_used_mb: 4,
  mem_total_mb: 81_559,
  processes: [],
  ...more,
})
const process = { pid: 42, user: 'ada', command: 'python3', mem_used_mb: 4, container: null }

describe('A card', () => {
  it('is free at once where nobody has seen it busy', () => {
    expect(createCardUse().isFree(1, card(), 1000)).toBe(true)
  })

  it('is in use until it has been idle for a minute', () => {
    const use = createCardUse()
    expect(use.isFree(1, card({ util_pct: 80 }), 1000)).toBe(false)
    expect(use.isFree(1, card(), 1000 + IDLE_FOR_S - 1)).toBe(false)
    expect(use.isFree(1, card(), 1000 + IDLE_FOR_S)).toBe(true)
  })

  it.each([
    ['computes', { util_pct: 5 }],
    ['holds memory', { mem_used_mb: 5000 }],
    ['is held by a process that does nothing', { processes: [process] }],
    ['is held by a process of unknown name', { processes: [{ ...process, command: null }] }],
  ])('is in use while it %s', (_, more) => {
    expect(createCardUse().isFree(1, card(more), 1000)).toBe(false)
  })

  it('is free although it draws the desktop of its machine', () => {
    const desktop = { ...process, user: 'root', command: 'Xorg' }
    expect(createCardUse().isFree(1, card({ processes: [desktop] }), 1000)).toBe(true)
  })

  it('is free where an agent of version 1.0 says nothing of processes', () => {
    const { processes: _, uuid: __, ...old } = card()
    expect(createCardUse().isFree(1, old, 1000)).toBe(true)
  })

  it.each([
    ['its use is', { util_pct: null }],
    ['its memory is', { mem_used_mb: null }],
    ['it is lost', { state: 'lost' as const }],
    ['its values are old', { state: 'stale' as const }],
    ['it is partitioned', { mig: [] }],
  ])('is neither where nothing is known because %s', (_, more) => {
    expect(createCardUse().isFree(1, card(more), 1000)).toBeNull()
  })

  it('is not mistaken for one of another server, nor for what was there before', () => {
    const use = createCardUse()
    use.isFree(1, card({ util_pct: 80 }), 1000)
    expect(use.isFree(2, card(), 1001)).toBe(true)
    use.forget(1)
    expect(use.isFree(1, card(), 1001)).toBe(true)
  })

  it('is never free within a minute of having been busy', () => {
    const steps = fc.array(
      fc.record({ wait: fc.nat(90), util_pct: fc.constantFrom(0, 4.9, 5, 99) }),
    )
    fc.assert(
      fc.property(steps, (polls) => {
        const use = createCardUse()
        let now = 0
        let busyAt = -Infinity
        for (const { wait, util_pct } of polls) {
          now += wait
          if (util_pct >= 5) busyAt = now
          const free = use.isFree(1, card({ util_pct }), now)
          expect(free).toBe(util_pct < 5 && now - busyAt >= IDLE_FOR_S)
        }
      }),
    )
  })
})

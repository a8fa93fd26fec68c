import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFree } from './find-free.js'
import type { FleetCard } from './fleet-cards.js'

function card(server_id: number, index: number, fields: Partial<FleetCard> = {}): FleetCard {
  return {
    server_id,
    server: `gpu-${server_id}`,
    host: `10.0.0.${server_id}`,
    server_state: 'online',
    index,
    name: 'NVIDIA A40',
    uuid: `GPU-${server_id}-${index}`,
    util_pct: 0,
    mem_used_mb: 500,
    mem_total_mb: 46_068,
    free: true,
    ...fields,
  }
}

const someone = { pid: 1, user: 'ada', command: 'x', mem_used_mb: 1, container: null }

describe('the finder of free GPUs', () => {
  it('puts cards that nobody uses before idle ones with a process', () => {
    const cards = [
      card(1, 0, { free: false, processes: [someone] }),
      card(2, 0, { mem_used_mb: 900, processes: [] }),
    ]
    expect(findFree(cards, { count: 1 })).toHaveLength(1)
    expect(
      findFree(cards, { count: 1, min_free_mb: 40_000 }).map(({ server_id }) => server_id),
    ).toEqual([2, 1])
  })

  it('takes cards of an agent of version 1.0, which has no states', () => {
    expect(findFree([card(1, 0)], { count: 1 })).toHaveLength(1)
  })

  it.each<[string, Partial<FleetCard>]>([
    ['in use', { free: false }],
    ['of unknown use', { free: null }],
    ['partitioned', { mig: [] }],
    ['lost', { state: 'lost' }],
    ['of a server that does not answer', { server_state: 'offline' }],
  ])('leaves out a card that is %s', (_, fields) => {
    expect(findFree([card(1, 0, fields)], { count: 1 })).toEqual([])
  })

  it.each<[string, Partial<FleetCard>]>([
    ['busy', { util_pct: 11 }],
    ['of unknown use', { util_pct: null }],
    ['of unknown memory', { mem_used_mb: null }],
    ['full', { mem_used_mb: 6_100 }],
  ])('leaves out a card that is %s, if the memory is chosen', (_, fields) => {
    const cards = [card(1, 0, { ...fields, free: false })]
    expect(findFree(cards, { count: 1, min_free_mb: 40_000 })).toEqual([])
  })

  it('offers only cards of one server with the memory that was asked for', () => {
    const anyCard = fc
      .record({
        server: fc.integer({ min: 1, max: 4 }),
        util: fc.option(fc.nat(100)),
        used: fc.option(fc.nat(46_068)),
        reserved: fc.nat(500),
      })
      .map(({ server, util, used, reserved }) => ({ server, util, used, reserved }))
    fc.assert(
      fc.property(
        fc.array(anyCard),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(46_068),
        (drawn, count, min) => {
          const cards = drawn.map(({ server, util, used, reserved }, index) =>
            card(server, index, { util_pct: util, mem_used_mb: used, mem_reserved_mb: reserved }),
          )
          const found = findFree(cards, { count, min_free_mb: min })
          for (const { server_id, indexes, free_mb, free_cards } of found) {
            expect(indexes).toHaveLength(count)
            expect(free_cards).toBeGreaterThanOrEqual(count)
            expect(free_mb).toBeGreaterThanOrEqual(min)
            for (const index of indexes) expect(cards[index]?.server_id).toBe(server_id)
          }
          expect(new Set(found.map(({ server_id }) => server_id)).size).toBe(found.length)
        },
      ),
    )
  })
})

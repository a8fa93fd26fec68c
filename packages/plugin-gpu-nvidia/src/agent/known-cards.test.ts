import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from './card.js'
import { createKnownCards } from './known-cards.js'

function card(index: number, fields: Partial<Card> = {}): Card {
  return {
    index,
    name: 'NVIDIA A40',
    util_pct: 7,
    mem_used_mb: 100,
    mem_total_mb: 46068,
    temperature_c: 40,
    uuid: `GPU-${index}`,
    bus_id: `0000:0${index}:00.0`,
    state: 'ok',
    errors: [],
    ...fields,
  }
}

describe('the cards that are known', () => {
  it('stay in the list when the driver no longer lists one', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0), card(1)], complete: true }, 0)
    known.note({ cards: [card(0)], complete: true }, 5_000)
    expect(known.list(5_000)).toMatchObject([
      { index: 0, state: 'ok' },
      { index: 1, state: 'lost', uuid: 'GPU-1', util_pct: null, mem_total_mb: 46068 },
    ])
  })

  it('follow a card to another index', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0), card(1)], complete: true }, 0)
    known.note({ cards: [card(0, { uuid: 'GPU-1', bus_id: '0000:01:00.0' })], complete: true }, 1)
    expect(known.list(1).map(({ uuid, state }) => [uuid, state])).toEqual([
      ['GPU-0', 'lost'],
      ['GPU-1', 'ok'],
    ])
  })

  it('keep the values of one that was not reached, with their age, for a minute', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0), card(1)], complete: true }, 0)
    known.note({ cards: [card(0)], complete: false }, 5_000)
    expect(known.list(5_000)[1]).toMatchObject({ state: 'stale', age_s: 5, util_pct: 7 })
    known.note({ cards: [card(0)], complete: false }, 61_000)
    expect(known.list(61_000)[1]).toMatchObject({
      state: 'error',
      util_pct: null,
      mem_total_mb: 46068,
      errors: [{ code: 'stale' }],
    })
  })

  it('are all stale when the driver fails, and say why', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0)], complete: true }, 0)
    known.noteFailure('The driver is gone.')
    expect(known.list(2_000)).toMatchObject([
      { state: 'stale', age_s: 2, errors: [{ code: 'driver', message: 'The driver is gone.' }] },
    ])
    known.note({ cards: [card(0)], complete: true }, 4_000)
    expect(known.list(4_000)).toMatchObject([card(0)])
  })

  it('learn the uuid of one that could not be opened at first', () => {
    const known = createKnownCards()
    const unopened = card(1, { uuid: null, bus_id: null, name: null, state: 'lost' })
    known.note({ cards: [card(0), unopened], complete: true }, 0)
    known.note({ cards: [card(0), card(1)], complete: true }, 1)
    expect(known.list(1).map(({ uuid }) => uuid)).toEqual(['GPU-0', 'GPU-1'])
  })

  it('find one that has lost its index by its bus id', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0), card(1)], complete: true }, 0)
    const lost = card(-1, { uuid: null, bus_id: '0000:01:00.0', name: null, state: 'lost' })
    known.note({ cards: [card(0), lost], complete: true }, 1)
    expect(known.list(1)[1]).toMatchObject({
      index: 1,
      uuid: 'GPU-1',
      name: 'NVIDIA A40',
      state: 'lost',
    })
  })

  it('keep what is read more rarely', () => {
    const known = createKnownCards()
    known.note({ cards: [card(0, { processes: [], ecc: null })], complete: true }, 0)
    known.note({ cards: [card(0)], complete: true }, 1)
    expect(known.list(1)[0]).toMatchObject({ processes: [], ecc: null })
  })

  it('never lose one, and never show one twice', () => {
    const sweep = fc.record({
      cards: fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
      complete: fc.boolean(),
      isFailure: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(sweep), (sweeps) => {
        const known = createKnownCards()
        const seen = new Set<string>()
        sweeps.forEach(({ cards, complete, isFailure }, turn) => {
          if (isFailure) known.noteFailure('It fails.')
          else {
            // The driver numbers what it has; who a card is does not depend on that.
            const found = cards.map((id, index) => card(index, { uuid: `GPU-${id}`, bus_id: null }))
            known.note({ cards: found, complete }, turn)
            for (const id of cards) seen.add(`GPU-${id}`)
          }
          const uuids = known.list(turn).map(({ uuid }) => uuid)
          expect(uuids.length).toBe(seen.size)
          expect(new Set(uuids)).toEqual(seen)
        })
      }),
    )
  })
})

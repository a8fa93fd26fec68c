import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hoursOf, presets, readView, writeView } from './view.js'

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/)
const second = fc.integer({ min: 0, max: 4_000_000_000 })
const view = fc.record({
  servers: fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }).map(String), { maxLength: 5 }),
  range: fc.oneof(
    fc.constantFrom(...Object.values(presets)).map((last_s) => ({ last_s })),
    fc.tuple(second, fc.integer({ min: 1, max: 1e8 })).map(([from, s]) => ({ from, to: from + s })),
  ),
  metric: fc.option(name),
  columns: fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 4 })),
  byCard: fc.boolean(),
  sort: fc.record({ key: name, descending: fc.boolean() }),
  page: fc.integer({ min: 1, max: 1000 }),
})

describe('The address of the History page', () => {
  it('brings back what was shown', () => {
    fc.assert(
      fc.property(view, (shown) => {
        expect(readView(writeView(shown))).toEqual(shown)
      }),
    )
  })

  it('is empty for what is shown without one: a week of all servers, the newest first', () => {
    expect(writeView(readView(''))).toBe('')
    expect(readView('')).toMatchObject({ servers: [], range: { last_s: 7 * 86_400 }, page: 1 })
  })

  it('may hold any nonsense', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, value) => {
        const wrong = new URLSearchParams({ [key]: value, s: value, page: value, from: value })
        expect(() => readView(`?${wrong}`)).not.toThrow()
      }),
    )
    expect(writeView(readView('?s=-1&s=x&page=0&range=2d&from=b&to=a&sort=%00&metric=A'))).toBe('')
  })
})

describe('The hours of a range', () => {
  it('are whole ones, and reach to the running one unless they end before', () => {
    expect(hoursOf({ last_s: 86_400 }, 100_000)).toEqual({ from: 10_800 })
    expect(hoursOf({ from: 3601, to: 7201 }, 0)).toEqual({ from: 3600, to: 10_800 })
  })
})

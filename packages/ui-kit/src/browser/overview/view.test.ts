import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterStates } from './status-of.js'
import {
  initialView,
  isFiltered,
  type OverviewView,
  readView,
  sortKeys,
  writeView,
} from './view.js'

const view: fc.Arbitrary<OverviewView> = fc.record({
  q: fc.string(),
  status: fc.constantFrom(null, ...filterStates),
  tag: fc.option(fc.string({ minLength: 1 })),
  busy: fc.boolean(),
  free: fc.boolean(),
  hot: fc.boolean(),
  sort: fc.constantFrom(...sortKeys),
  reversed: fc.boolean(),
  view: fc.constantFrom('cards', 'table'),
  page: fc.integer({ min: 1, max: 1000 }),
})

/** As an address bar carries it from one browser to another. */
function readFrom(search: string): OverviewView {
  const parameters = new URLSearchParams(search)
  return readView((name) => parameters.get(name))
}

describe('The view in the address', () => {
  it('shows the same to everyone who is given it', () => {
    fc.assert(
      fc.property(view, (shared) => {
        const parameters = new URLSearchParams()
        for (const [name, value] of Object.entries(writeView(shared))) {
          if (typeof value === 'string') parameters.set(name, value)
        }
        expect(readFrom(parameters.toString())).toEqual(shared)
      }),
    )
  })

  it('is empty for the usual view', () => {
    expect(Object.values(writeView(initialView)).every((value) => value === null)).toBe(true)
    expect(readFrom('')).toEqual(initialView)
  })

  it('is the usual one where someone wrote what makes no sense', () => {
    expect(readFrom('status=burning&sort=-colour&view=globe&page=-3&free=yes&tag=')).toEqual(
      initialView,
    )
  })

  it('is no filter for how it is sorted and drawn', () => {
    expect(isFiltered({ ...initialView, sort: 'cpu', view: 'table', page: 3, q: ' ' })).toBe(false)
    expect(isFiltered({ ...initialView, hot: true })).toBe(true)
  })
})

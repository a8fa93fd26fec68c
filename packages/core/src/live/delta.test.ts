import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serverDelta } from './delta.js'
import { applyDelta, withoutNulls } from './held-fleet.js'

test('a delta has the fields that changed, and of `latest` only those that changed there', () => {
  const before = { id: 1, state: 'online', tags: ['a'], latest: { cpu_pct: 1, mem_pct: 2 } }
  const after = { id: 1, state: 'online', tags: ['a', 'b'], latest: { cpu_pct: 3, mem_pct: 2 } }
  expect(serverDelta(before, after)).toEqual({ tags: ['a', 'b'], latest: { cpu_pct: 3 } })
})

test('there is no delta where nothing changed, however deep the values', () => {
  const server = () => ({ id: 1, latest: { gpus: [{ index: 0, util_pct: 5 }] }, last_error: null })
  expect(serverDelta(server(), server())).toBeUndefined()
})

test('arrays come whole', () => {
  const before = { latest: { gpus: [{ index: 0, util_pct: 5 }, { index: 1 }] } }
  const after = { latest: { gpus: [{ index: 0, util_pct: 6 }, { index: 1 }] } }
  expect(serverDelta(before, after)).toEqual(after)
})

test('a field that vanished is null; one that is new comes whole', () => {
  expect(serverDelta({ latest: { a: 1, b: 2 } }, { latest: { b: 2, c: [3] } })).toEqual({
    latest: { a: null, c: [3] },
  })
  expect(serverDelta({ a: 1 }, { toString: 1 })).toEqual({ a: null, toString: 1 })
  expect(serverDelta({ latest: { a: null } }, { latest: {} })).toBeUndefined()
  expect(serverDelta({ latest: null }, { latest: { a: 1 } })).toEqual({ latest: { a: 1 } })
  expect(serverDelta({ latest: { a: 1 } }, { latest: null })).toEqual({ latest: null })
})

const fields = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'toString'),
  fc.oneof(fc.constant(null), fc.integer(), fc.array(fc.record({ x: fc.integer() })), fc.string()),
)
const server = fc.record({
  id: fc.constant(1),
  state: fc.constantFrom('online', 'offline'),
  latest: fc.option(fields),
})

test('who holds the state before and merges the delta holds the state after', () => {
  fc.assert(
    fc.property(server, server, (before, after) => {
      const delta = serverDelta(before, after)
      expect(withoutNulls(applyDelta(before, delta ?? {}))).toEqual(withoutNulls(after))
    }),
  )
})

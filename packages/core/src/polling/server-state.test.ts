import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LastError } from '../servers/server.js'
import { neverPolled, nextHistory, type PollEvent } from './server-state.js'

const error: LastError = { code: 'AGENT_TIMEOUT', message: 'Late.', hint: 'Wait.', at: 100 }
const missed: PollEvent = { type: 'missed', error }
const answered: PollEvent = { type: 'answered', at: 50, degraded: false }

function after(...events: PollEvent[]) {
  return events.reduce(nextHistory, neverPolled).status
}

test('a server is unknown until it is polled', () => {
  expect(after()).toEqual({ state: 'unknown', last_seen: null, last_error: null })
})

test('an answer makes it online, or degraded with a collector not ok', () => {
  expect(after(answered)).toEqual({ state: 'online', last_seen: 50, last_error: null })
  expect(after({ ...answered, degraded: true })).toMatchObject({ state: 'degraded' })
})

test('it stays as it was through two missed polls, with the error, and is offline at the third', () => {
  expect(after(answered, missed)).toEqual({ state: 'online', last_seen: 50, last_error: error })
  expect(after(answered, missed, missed)).toMatchObject({ state: 'online' })
  expect(after(answered, missed, missed, missed)).toEqual({
    state: 'offline',
    last_seen: 50,
    last_error: error,
  })
  expect(after(missed, missed)).toMatchObject({ state: 'unknown', last_error: error })
})

test('one answer brings it back, and its misses are counted anew', () => {
  expect(after(missed, missed, missed, answered)).toMatchObject({
    state: 'online',
    last_error: null,
  })
  expect(after(missed, missed, answered, missed, missed)).toMatchObject({ state: 'online' })
})

test('a disabled server is disabled, and unknown again once enabled', () => {
  expect(after(answered, missed, { type: 'disabled' })).toEqual({
    state: 'disabled',
    last_seen: 50,
    last_error: null,
  })
  const enabled = after(missed, missed, { type: 'disabled' }, { type: 'enabled' }, missed)
  expect(enabled).toMatchObject({ state: 'unknown' })
})

const anyEvent = fc.oneof(
  fc.record({ type: fc.constant('answered' as const), at: fc.nat(), degraded: fc.boolean() }),
  fc.record({ type: fc.constant('missed' as const), error: fc.constant(error) }),
  fc.record({ type: fc.constantFrom('enabled' as const, 'disabled' as const) }),
)

test('it is offline exactly when the last three polls and no other event since were missed', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const lastThree = events.slice(-3)
      const allMissed = lastThree.length === 3 && lastThree.every(({ type }) => type === 'missed')
      expect(after(...events).state === 'offline').toBe(allMissed)
    }),
  )
})

test('last_seen is the newest answer whatever came after, last_error that of a miss that was last', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const answer = events.findLast((event) => event.type === 'answered')
      const status = after(...events)
      expect(status.last_seen).toBe(answer?.at ?? null)
      expect(status.last_error).toBe(events.at(-1)?.type === 'missed' ? error : null)
    }),
  )
})

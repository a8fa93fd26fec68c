import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure, TunnelCode } from './failure.js'
import { STABLE_MS } from './phases.js'
import { backOff, retryRule } from './retry-policy.js'
import { type TunnelEvent, transition } from './transition.js'
import { initialState, statusOf, type TunnelState } from './tunnel-state.js'

const failure = (code: TunnelCode): Failure => ({
  code,
  message: code,
  hint: null,
  said: '',
})
const answer: TunnelEvent = { type: 'probed', outcome: { kind: 'answer', ms: 4 } }
const silence: TunnelEvent = {
  type: 'probed',
  outcome: {
    kind: 'silence',
    ms: 5000,
    lost: failure('LINK_LOST'),
    hung: failure('PROXY_DOWN'),
  },
}
const refusal: TunnelEvent = {
  type: 'probed',
  outcome: { kind: 'refusal', ms: 1, failure: failure('PROXY_DOWN') },
}
const ended = (code: TunnelCode = 'SSH_FAILED'): TunnelEvent => ({
  type: 'ended',
  failure: failure(code),
})
const launch: TunnelEvent[] = [
  { type: 'start' },
  { type: 'checked' },
  { type: 'launched', pid: 42 },
  { type: 'listening' },
]

/** What becomes of a tunnel; each step is an event, or milliseconds that pass. */
function after(...steps: (TunnelEvent | number)[]): TunnelState {
  let ms = 0
  let state = initialState
  for (const step of steps) {
    if (typeof step === 'number') ms += step
    else state = transition(state, step, { now: { ms, at: ms / 1000 }, random: 0.5 })
  }
  return state
}

const delayOf = ({ phase }: TunnelState) => (phase.name === 'waiting' ? phase.delay_ms : null)

describe('A tunnel', () => {
  it('is connected when the proxy at the other end has answered, not before', () => {
    expect(statusOf(after({ type: 'start' }))).toBe('starting')
    expect(statusOf(after(...launch))).toBe('starting')
    expect(statusOf(after(...launch, silence))).toBe('starting')
    expect(statusOf(after(...launch, answer))).toBe('connected')
  })

  it('is degraded, and keeps its ssh, while the proxy refuses', () => {
    const state = after(...launch, answer, 1000, refusal, refusal)
    expect(statusOf(state)).toBe('degraded')
    expect(state).toMatchObject({
      phase: { name: 'running', pid: 42 },
      error: { code: 'PROXY_DOWN' },
    })
    expect(statusOf(after(...launch, answer, refusal, answer))).toBe('connected')
  })

  it('is given up as lost after two silences, if ever something came back', () => {
    expect(after(...launch, answer, silence).phase.name).toBe('running')
    expect(after(...launch, answer, silence, answer, silence).phase.name).toBe('running')
    expect(after(...launch, answer, silence, silence)).toMatchObject({
      phase: { name: 'ending', pid: 42 },
      error: { code: 'LINK_LOST' },
    })
    expect(after(...launch, refusal, silence, silence).phase.name).toBe('ending')
    // A proxy that hangs: to log in again would not help.
    expect(statusOf(after(...launch, silence, silence, silence))).toBe('degraded')
  })

  it('is tried again at once after it was well for half a minute, and then ever later', () => {
    const lost = [...launch, answer, STABLE_MS, answer, ended('LINK_LOST')]
    expect(delayOf(after(...lost))).toBe(0)
    const again = (): TunnelEvent[] => [{ type: 'due' }, { type: 'checked' }, ended('SSHD_DOWN')]
    const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((times) =>
      delayOf(after(...lost, ...Array.from({ length: times }, again).flat())),
    )
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => s * 1000))
  })

  it('begins with a second where it was not well for so long', () => {
    expect(delayOf(after(...launch, answer, STABLE_MS - 1, ended()))).toBe(1000)
    expect(delayOf(after({ type: 'start' }, { type: 'checked' }, ended('DNS_FAILED')))).toBe(1000)
  })

  it('wakes when the centre can be reached, but less and less readily if that leads nowhere', () => {
    const fail: TunnelEvent[] = [{ type: 'checked' }, ended('SSHD_DOWN')]
    const failing = [
      ...launch,
      ended('SSHD_DOWN'),
      ...[1, 2, 3, 4].flatMap(() => [{ type: 'due' } as const, ...fail]),
    ]
    expect(delayOf(after(...failing))).toBe(16_000)
    expect(after(...failing, 999, { type: 'reachable' }).phase.name).toBe('waiting')
    const woken = [...failing, 1000, { type: 'reachable' } as const]
    expect(after(...woken).phase.name).toBe('checking')
    expect(after(...woken, ...fail, 1999, { type: 'reachable' }).phase.name).toBe('waiting')
    expect(after(...woken, ...fail, 2000, { type: 'reachable' }).phase.name).toBe('checking')
  })

  it('is not tried again where only people can help, and not soon where asking often does harm', () => {
    const failed = (code: TunnelCode) => after({ type: 'start' }, { type: 'checked' }, ended(code))
    for (const code of ['HOST_KEY_CHANGED', 'HOST_KEY_UNKNOWN', 'KEY_INVALID'] as const) {
      expect(statusOf(failed(code))).toBe('failed')
    }
    expect(delayOf(failed('AUTH_FAILED'))).toBeGreaterThanOrEqual(60_000)
    expect(delayOf(failed('PORT_IN_USE'))).toBeGreaterThanOrEqual(30_000)
    const authFailed = [
      { type: 'start' } as const,
      { type: 'checked' } as const,
      ended('AUTH_FAILED'),
    ]
    expect(after(...authFailed, 5000, { type: 'reachable' }).phase.name).toBe('waiting')
  })

  it('that is started while it runs ends its ssh first', () => {
    const restarted = [...launch, answer, { type: 'start' } as const]
    expect(after(...restarted).phase).toMatchObject({ name: 'ending', next: 'start' })
    expect(after(...restarted, ended()).phase.name).toBe('checking')
    expect(after(...restarted, { type: 'stop' }, ended()).phase.name).toBe('stopped')
    expect(after(...launch, { type: 'stop' }, { type: 'start' }, ended()).phase.name).toBe(
      'checking',
    )
  })
})

describe('Whatever happens to a tunnel', () => {
  const codes = ['SSH_FAILED', 'AUTH_FAILED', 'LINK_LOST', 'PORT_IN_USE', 'KEY_MISSING'] as const
  const anyFailure = fc.constantFrom(...codes).map(failure)
  const anyEvent: fc.Arbitrary<TunnelEvent> = fc.oneof(
    fc.constantFrom<TunnelEvent>(
      ...launch,
      { type: 'stop' },
      { type: 'due' },
      { type: 'reachable' },
      answer,
      silence,
      refusal,
    ),
    anyFailure.map((failure) => ({ type: 'ended' as const, failure })),
    anyFailure.map((failure) => ({ type: 'refused' as const, failure })),
    anyFailure.map((failure) => ({ type: 'overdue' as const, failure })),
  )
  const steps = fc.array(fc.oneof(anyEvent, fc.integer({ min: 0, max: 60_000 })), { maxLength: 60 })

  it('it is connected only if ssh runs and the last probe was answered, or its silence is the first', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const state = after(...steps)
        if (statusOf(state) !== 'connected') return
        expect(state.phase).toMatchObject({ name: 'running', is_listening: true, is_proven: true })
        if (state.probe?.ok !== true) expect(state.phase).toMatchObject({ silences: 1 })
        expect(state.error).toBeNull()
      }),
    )
  })

  it('a stop, and the end of its ssh if one runs, leave it stopped', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const state = after(...steps, { type: 'stop' })
        expect(['stopped', 'ending']).toContain(state.phase.name)
        expect(statusOf(state)).toBe('stopped')
        expect(after(...steps, { type: 'stop' }, ended()).phase.name).toBe('stopped')
      }),
    )
  })

  it('a second ssh is never started before the first has ended', () => {
    fc.assert(
      fc.property(steps, (steps) => {
        let runs = 0
        let previous = initialState
        steps.forEach((step, index) => {
          const state = after(...steps.slice(0, index + 1))
          const isLaunch = state.phase.name === 'running' && state.turn !== previous.turn
          // In the real world an ssh that was never started does not end.
          if (typeof step !== 'number' && step.type === 'ended') runs = 0
          if (isLaunch) runs += 1
          expect(runs).toBeLessThanOrEqual(1)
          previous = state
        })
      }),
      { numRuns: 50 },
    )
  })

  it('an event that means nothing now changes nothing, and a state is never changed in place', () => {
    fc.assert(
      fc.property(steps, anyEvent, (steps, event) => {
        const state = after(...steps)
        const copy = structuredClone(state)
        transition(state, event, { now: { ms: 1e9, at: 1e6 }, random: 0 })
        expect(state).toEqual(copy)
      }),
    )
  })
})

describe('The back-off', () => {
  it('stays within a fifth of 1, 2, 4, 8 … 60 s, and never below what the failure asks for', () => {
    const step = fc.nat({ max: 2000 })
    const random = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(step, random, fc.constantFrom(0, 5, 30, 60), (step, random, min_s) => {
        const delay = backOff(step, { min_s }, random)
        const base = Math.max(min_s, Math.min(60, 2 ** step))
        expect(delay).toBeGreaterThanOrEqual(Math.max(min_s, base * 0.8 - 1e-9))
        expect(delay).toBeLessThanOrEqual(base * 1.2 + 1e-9)
      }),
    )
  })

  it('looks out for the network only where that is what failed', () => {
    expect(retryRule('SSHD_DOWN')?.watches_network).toBe(true)
    expect(retryRule('AUTH_FAILED')?.watches_network).toBe(false)
  })
})

import type { Failure } from './failure.js'
import { enter, forgetFailures, isStable } from './phases.js'
import { backOff, retryRule, wakeFloor } from './retry-policy.js'
import { type RunEvent, run } from './run-events.js'
import type { Moment, RunningPhase, TunnelState } from './tunnel-state.js'

export type TunnelEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** Nothing stands in the way of ssh. */
  | { type: 'checked' }
  | { type: 'refused'; failure: Failure }
  | RunEvent
  /** ssh is gone, for this reason unless it was us who ended it. */
  | { type: 'ended'; failure: Failure }
  /** The wait is over. */
  | { type: 'due' }
  /** The centre, which was away, can be reached. */
  | { type: 'reachable' }

/** When something happens, and a random number from 0 to 1 that belongs to it. */
export interface Circumstances {
  now: Moment
  random: number
}

/**
 * The next state of a tunnel. Pure: what must be done follows from the phase that it enters. An event
 * that means nothing in the present phase, such as one that comes too late, changes nothing.
 */
export function transition(
  state: TunnelState,
  event: TunnelEvent,
  circumstances: Circumstances,
): TunnelState {
  const { phase } = state
  switch (event.type) {
    case 'start':
      return start(state)
    case 'stop':
      return stop(state)
    case 'checked':
      return phase.name === 'checking' ? enter(state, newRun()) : state
    case 'refused':
      return phase.name === 'checking' ? fail(state, event.failure, circumstances) : state
    case 'ended':
      return ended(state, event.failure, circumstances)
    case 'due':
      return phase.name === 'waiting' ? enter(state, { name: 'checking' }) : state
    case 'reachable':
      return wake(state, circumstances.now)
    default:
      return phase.name === 'running' ? run(state, phase, event, circumstances.now) : state
  }
}

function start(state: TunnelState): TunnelState {
  const fresh = { ...state, attempts: 0, step: 0, wakes: 0, error: null }
  switch (state.phase.name) {
    case 'running':
      return enter(fresh, { name: 'ending', pid: state.phase.pid, next: 'start' })
    case 'ending':
      // ssh is ending already: what follows changes, not the turn.
      return { ...fresh, phase: { ...state.phase, next: 'start' } }
    default:
      return enter(fresh, { name: 'checking' })
  }
}

function stop(state: TunnelState): TunnelState {
  const fresh = { ...state, attempts: 0, step: 0, wakes: 0, error: null }
  switch (state.phase.name) {
    case 'stopped':
      return state
    case 'running':
      return enter(fresh, { name: 'ending', pid: state.phase.pid, next: 'stop' })
    case 'ending':
      return { ...fresh, phase: { ...state.phase, next: 'stop' } }
    default:
      return enter(fresh, { name: 'stopped' })
  }
}

function ended(state: TunnelState, failure: Failure, circumstances: Circumstances): TunnelState {
  const { phase } = state
  if (phase.name === 'running') return fail(state, failure, circumstances)
  if (phase.name !== 'ending') return state
  if (phase.next === 'stop') return enter(state, { name: 'stopped' })
  if (phase.next === 'start') return enter(state, { name: 'checking' })
  return fail(state, phase.next, circumstances)
}

function fail(state: TunnelState, failure: Failure, { now, random }: Circumstances): TunnelState {
  const wasStable = isStable(state, now)
  const failed: TunnelState = {
    ...forgetFailures(state, now),
    error: { ...failure, at: now.at },
  }
  failed.attempts += 1
  const rule = retryRule(failure.code)
  if (rule === null) return enter(failed, { name: 'failed' })

  const isAtOnce = wasStable && rule.min_s === 0
  const delay_ms = isAtOnce ? 0 : backOff(failed.step, rule, random) * 1000
  if (!isAtOnce) failed.step += 1
  return enter(failed, {
    name: 'waiting',
    delay_ms,
    until: { ms: now.ms + delay_ms, at: now.at + delay_ms / 1000 },
    floor_ms: now.ms + wakeFloor(failed.wakes) * 1000,
    watches_network: rule.watches_network,
  })
}

function wake(state: TunnelState, now: Moment): TunnelState {
  const { phase } = state
  if (phase.name !== 'waiting' || !phase.watches_network || now.ms < phase.floor_ms) return state
  return enter({ ...state, wakes: state.wakes + 1 }, { name: 'checking' })
}

function newRun(): RunningPhase {
  return {
    name: 'running',
    pid: null,
    is_listening: false,
    is_proven: false,
    silences: 0,
    is_degraded: false,
  }
}

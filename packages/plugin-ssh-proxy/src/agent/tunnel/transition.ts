import type { Failure } from './failure.js'
import { backOff, retryRule, wakeFloor } from './retry-policy.js'
import type { Moment, Phase, RunningPhase, TunnelState } from './tunnel-state.js'

/** What a probe through the tunnel met. */
export type ProbeOutcome =
  | { kind: 'answer'; ms: number }
  /** A quick end: the link works, and the proxy or the forward does not. */
  | { kind: 'refusal'; ms: number; failure: Failure }
  /** Nothing came back in time: the link is lost, or it is the proxy that hangs. */
  | { kind: 'silence'; ms: number; lost: Failure; hung: Failure }

export type TunnelEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** Nothing stands in the way of ssh. */
  | { type: 'checked' }
  | { type: 'refused'; failure: Failure }
  | { type: 'launched'; pid: number }
  /** The port is open, and it is our ssh that has it. */
  | { type: 'listening' }
  | { type: 'probed'; outcome: ProbeOutcome }
  /** ssh has not logged in for so long that it never will. */
  | { type: 'overdue'; failure: Failure }
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

/** So long must the tunnel have been well for its failures to be forgotten. */
export const STABLE_MS = 30_000
/** So many probes without an answer, and the link is lost. */
const SILENCES = 2

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

type RunEvent = Extract<TunnelEvent, { type: 'launched' | 'listening' | 'probed' | 'overdue' }>

function run(state: TunnelState, phase: RunningPhase, event: RunEvent, now: Moment): TunnelState {
  switch (event.type) {
    case 'launched':
      return { ...state, phase: { ...phase, pid: event.pid } }
    case 'listening':
      if (phase.is_listening) return state
      return { ...state, phase: { ...phase, is_listening: true }, connected: now }
    case 'overdue':
      return phase.is_listening ? state : end(state, event.failure, now)
    case 'probed':
      return phase.is_listening ? probed(state, phase, event.outcome, now) : state
  }
}

function probed(
  state: TunnelState,
  phase: RunningPhase,
  outcome: ProbeOutcome,
  now: Moment,
): TunnelState {
  const probe = { ok: outcome.kind === 'answer', ms: outcome.ms, at: now.at }
  const silences = outcome.kind === 'silence' ? phase.silences + 1 : 0
  switch (outcome.kind) {
    case 'answer':
      return forgetFailures(
        {
          ...state,
          phase: { ...phase, silences, is_proven: true, is_degraded: false },
          healthy: state.healthy ?? now,
          probe,
          error: null,
        },
        now,
      )
    case 'refusal':
      return degrade(
        { ...state, phase: { ...phase, silences, is_proven: true }, probe },
        outcome.failure,
        now,
      )
    case 'silence': {
      const next = { ...state, phase: { ...phase, silences }, probe }
      if (silences < SILENCES) return next
      return phase.is_proven ? end(next, outcome.lost, now) : degrade(next, outcome.hung, now)
    }
  }
}

/** ssh goes on: the link is fine, and a new login would not help. */
function degrade(
  state: TunnelState & { phase: RunningPhase },
  failure: Failure,
  now: Moment,
): TunnelState {
  return {
    ...forgetFailures(state, now),
    phase: { ...state.phase, is_degraded: true },
    healthy: null,
    error: { ...failure, at: now.at },
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

function end(state: TunnelState, failure: Failure, now: Moment): TunnelState {
  const pid = state.phase.name === 'running' ? state.phase.pid : null
  const error = { ...failure, at: now.at }
  return enter({ ...forgetFailures(state, now), error }, { name: 'ending', pid, next: failure })
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

/** Once it has been well for a while, it begins from nothing. */
function forgetFailures(state: TunnelState, now: Moment): TunnelState {
  return isStable(state, now) ? { ...state, attempts: 0, step: 0, wakes: 0 } : state
}

function isStable({ healthy }: TunnelState, now: Moment): boolean {
  return healthy !== null && now.ms - healthy.ms >= STABLE_MS
}

/** Only in a run of ssh is there something that is connected, well, or probed. */
function enter(state: TunnelState, phase: Phase): TunnelState {
  const isEnding = phase.name === 'ending'
  return {
    ...state,
    phase,
    turn: state.turn + 1,
    connected: null,
    healthy: isEnding ? state.healthy : null,
    probe: null,
  }
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

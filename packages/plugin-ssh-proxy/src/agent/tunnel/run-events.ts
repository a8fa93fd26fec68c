import type { Failure } from './failure.js'
import { enter, forgetFailures } from './phases.js'
import type { Moment, RunningPhase, TunnelState } from './tunnel-state.js'

/** What a probe through the tunnel met. */
export type ProbeOutcome =
  | { kind: 'answer'; ms: number }
  /** A quick end: the link works, and the proxy or the forward does not. */
  | { kind: 'refusal'; ms: number; failure: Failure }
  /** Nothing came back in time: the link is lost, or it is the proxy that hangs. */
  | { kind: 'silence'; ms: number; lost: Failure; hung: Failure }

/** What happens while ssh runs. */
export type RunEvent =
  | { type: 'launched'; pid: number }
  /** The port is open, and it is our ssh that has it. */
  | { type: 'listening' }
  | { type: 'probed'; outcome: ProbeOutcome }
  /** ssh has not logged in for so long that it never will. */
  | { type: 'overdue'; failure: Failure }

/** So many probes without an answer, and the link is lost. */
const SILENCES = 2

/** The next state of a tunnel whose ssh runs. */
export function run(
  state: TunnelState,
  phase: RunningPhase,
  event: RunEvent,
  now: Moment,
): TunnelState {
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

function end(state: TunnelState, failure: Failure, now: Moment): TunnelState {
  const pid = state.phase.name === 'running' ? state.phase.pid : null
  const error = { ...failure, at: now.at }
  return enter({ ...forgetFailures(state, now), error }, { name: 'ending', pid, next: failure })
}

import type { Moment, Phase, TunnelState } from './tunnel-state.js'

/** So long must the tunnel have been well for its failures to be forgotten. */
export const STABLE_MS = 30_000

/** Only in a run of ssh is there something that is connected, well, or probed. */
export function enter(state: TunnelState, phase: Phase): TunnelState {
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

/** Once it has been well for a while, it begins from nothing. */
export function forgetFailures(state: TunnelState, now: Moment): TunnelState {
  return isStable(state, now) ? { ...state, attempts: 0, step: 0, wakes: 0 } : state
}

export function isStable({ healthy }: TunnelState, now: Moment): boolean {
  return healthy !== null && now.ms - healthy.ms >= STABLE_MS
}

import type { ProxyProbe, ProxyState } from '../../proxy-status.js'
import type { Failure } from './failure.js'

/** A point in time: by a clock that never jumps, and by that of people. */
export interface Moment {
  /** Milliseconds, for durations. */
  ms: number
  /** Epoch seconds, to show. */
  at: number
}

/** What the tunnel is doing. Each entry into a phase is a turn of its own. */
export type Phase =
  | { name: 'stopped' }
  /** Looks for what would keep ssh from working, before it is started. */
  | { name: 'checking' }
  | RunningPhase
  /** Waits for ssh to end. */
  | { name: 'ending'; pid: number | null; next: 'stop' | 'start' | Failure }
  | { name: 'waiting'; delay_ms: number; until: Moment; floor_ms: number; watches_network: boolean }
  /** Of no use to go on until somebody mends it. */
  | { name: 'failed' }

export interface RunningPhase {
  name: 'running'
  pid: number | null
  /** ssh has logged in and listens; without that the tunnel is not ready. */
  is_listening: boolean
  /** Something came back through this ssh, were it a refusal: from then on silence means something. */
  is_proven: boolean
  /** Probes without an answer, one after the other. */
  silences: number
  /** The proxy at the other end does not answer. */
  is_degraded: boolean
}

export interface TunnelState {
  phase: Phase
  /** Counts the entries into phases. */
  turn: number
  /** Failures since it was last well for a while. */
  attempts: number
  /** How many delays the back-off has had since then. */
  step: number
  /** How often it was woken since then. */
  wakes: number
  connected: Moment | null
  healthy: Moment | null
  probe: ProxyProbe | null
  error: (Failure & { at: number }) | null
}

export const initialState: TunnelState = {
  phase: { name: 'stopped' },
  turn: 0,
  attempts: 0,
  step: 0,
  wakes: 0,
  connected: null,
  healthy: null,
  probe: null,
  error: null,
}

/** The state in the words of the API. */
export function statusOf({ phase, attempts, healthy }: TunnelState): ProxyState {
  switch (phase.name) {
    case 'stopped':
    case 'failed':
      return phase.name
    case 'waiting':
      return 'reconnecting'
    case 'ending':
      if (phase.next === 'stop') return 'stopped'
      return phase.next === 'start' ? 'starting' : 'reconnecting'
    case 'checking':
      return attempts === 0 ? 'starting' : 'reconnecting'
    case 'running':
      if (healthy !== null) return 'connected'
      if (phase.is_degraded) return 'degraded'
      return attempts === 0 ? 'starting' : 'reconnecting'
  }
}

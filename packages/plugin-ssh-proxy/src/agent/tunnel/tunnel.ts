import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Failure } from './failure.js'
import { nap } from './nap.js'
import type { ProbeOutcome } from './run-events.js'
import { type TunnelEvent, transition } from './transition.js'
import { initialState, type Moment, type Phase, type TunnelState } from './tunnel-state.js'
import { watchNetwork } from './watch-network.js'

/** An ssh that has been started. */
export interface Run {
  pid: number | undefined
  /** Whether it has logged in and has our port open. */
  isListening(): Promise<boolean>
  probe(signal: AbortSignal): Promise<ProbeOutcome>
  /** Resolves with the reason when it is gone, whoever ended it. Never rejects. */
  ended: Promise<Failure>
  end(grace_ms: number): void
}

/** What a tunnel is made of: the world outside of its state. */
export interface TunnelParts {
  /** Looks for what stands in the way. Never rejects. */
  check(): Promise<Failure | null>
  /** Starts ssh. @param onRefusal a connection through it was refused at the other end */
  launch(onRefusal: () => void): Run
  /** Where ssh goes to. */
  address(): { host: string; port: number }
  overdue(): Failure
  probe_interval_ms: number
  /** The state has changed, by this event. */
  onChange(state: TunnelState, previous: TunnelState): void
}

export interface Tunnel {
  state(): TunnelState
  /** Starts it, or starts it anew. Resolves when what can be seen before ssh is known. */
  start(): Promise<void>
  /** Resolves when ssh is gone. */
  stop(grace_ms?: number): Promise<void>
}

/** From SIGTERM to SIGKILL. */
export const END_GRACE_MS = 5_000
/** So long may a login take: ssh's own limit ends with the banner. */
const LOGIN_LIMIT_MS = 30_000
const LISTEN_POLL_MS = 100

/** Keeps a tunnel in the state that is wanted. What happens when is `transition`'s; this does it. */
export function createTunnel(parts: TunnelParts): Tunnel {
  let state = initialState
  let leave = new AbortController()
  let run: Run | null = null
  let grace_ms = END_GRACE_MS
  let probeNow = () => {}
  const waiters = new Set<() => void>()

  function dispatch(event: TunnelEvent): void {
    const previous = state
    state = transition(state, event, { now: now(), random: Math.random() })
    if (state === previous) return
    parts.onChange(state, previous)
    if (state.turn !== previous.turn) {
      leave.abort()
      leave = new AbortController()
      act(state.phase, leave.signal)
    }
    for (const notice of waiters) notice()
  }

  /** What a phase does until the next one begins. */
  function act(phase: Phase, signal: AbortSignal): void {
    const emit = (event: TunnelEvent) => {
      if (!signal.aborted) dispatch(event)
    }
    switch (phase.name) {
      case 'checking':
        void check(emit)
        break
      case 'running':
        launch(emit, signal)
        break
      case 'ending':
        run?.end(grace_ms)
        break
      case 'waiting':
        wait(phase, emit, signal)
        break
    }
  }

  async function check(emit: (event: TunnelEvent) => void): Promise<void> {
    const failure = await parts.check()
    emit(failure === null ? { type: 'checked' } : { type: 'refused', failure })
  }

  function launch(emit: (event: TunnelEvent) => void, signal: AbortSignal): void {
    const started = parts.launch(() => probeNow())
    run = started
    // Its end is waited for in the next phase, too.
    void started.ended.then((failure) => {
      run = null
      dispatch({ type: 'ended', failure })
    })
    if (started.pid === undefined) return
    emit({ type: 'launched', pid: started.pid })
    void follow(started, emit, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }

  async function follow(
    started: Run,
    emit: (event: TunnelEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = performance.now() + LOGIN_LIMIT_MS
    while (!(await started.isListening())) {
      if (performance.now() > deadline) emit({ type: 'overdue', failure: parts.overdue() })
      await sleep(LISTEN_POLL_MS, undefined, { signal })
    }
    emit({ type: 'listening' })
    while (!signal.aborted) {
      const outcome = await started.probe(signal)
      emit({ type: 'probed', outcome })
      await pause(outcome, signal)
    }
  }

  /** A first silence is looked into at once, and so is the complaint of somebody who uses the tunnel. */
  async function pause(outcome: ProbeOutcome, signal: AbortSignal): Promise<void> {
    if (
      state.phase.name !== 'running' ||
      (outcome.kind === 'silence' && state.phase.silences < 2)
    ) {
      return
    }
    const { over, wake } = nap(parts.probe_interval_ms, signal)
    if (outcome.kind === 'answer') probeNow = wake
    await over
    probeNow = () => {}
  }

  function wait(
    phase: Extract<Phase, { name: 'waiting' }>,
    emit: (event: TunnelEvent) => void,
    signal: AbortSignal,
  ): void {
    const timer = setTimeout(emit, phase.delay_ms, { type: 'due' } satisfies TunnelEvent)
    signal.addEventListener('abort', () => clearTimeout(timer))
    if (phase.watches_network) {
      void watchNetwork(parts.address(), () => emit({ type: 'reachable' }), signal)
    }
  }

  function until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const notice = () => {
        if (!isReached()) return
        waiters.delete(notice)
        resolve()
      }
      waiters.add(notice)
      notice()
    })
  }

  return {
    state: () => state,
    start() {
      grace_ms = END_GRACE_MS
      dispatch({ type: 'start' })
      return until(() => !isBefore(state.phase))
    },
    stop(grace = END_GRACE_MS) {
      grace_ms = grace
      // One that is ending already gets the new time.
      if (state.phase.name === 'ending') run?.end(grace)
      dispatch({ type: 'stop' })
      return until(() => state.phase.name === 'stopped')
    },
  }
}

/** Whether a tunnel that was just started has yet to see if it can. */
function isBefore(phase: Phase): boolean {
  return phase.name === 'checking' || phase.name === 'ending'
}

function now(): Moment {
  return { ms: performance.now(), at: Date.now() / 1000 }
}

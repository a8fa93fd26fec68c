import type { ProxyConfig } from '../proxy-config.js'
import type { ProxyEvent, ProxyState } from '../proxy-status.js'
import { targetOf } from './ssh/ssh-arguments.js'
import { statusOf, type TunnelState } from './tunnel/tunnel-state.js'

/** A change that is worth a line in the log, and its place among the last events. */
export interface TunnelEventLine {
  level: 'info' | 'warn' | 'error'
  /** What the line carries beside its message. */
  detail: Record<string, unknown>
  shown: ProxyEvent
}

/** @returns null where nothing has changed that people would want to know: a failure is told once */
export function eventOf(
  state: TunnelState,
  previous: TunnelState,
  config: ProxyConfig | null,
): TunnelEventLine | null {
  const status = statusOf(state)
  const code = state.error?.code ?? null
  if (status === statusOf(previous) && code === (previous.error?.code ?? null)) return null
  const target = config === null ? null : targetOf(config)
  const at = Date.now() / 1000
  const message = state.error?.message ?? plainWords(status, target)
  return {
    level: levelOf(status),
    detail: {
      status,
      target,
      listen_port: config?.server_listen_port ?? null,
      ...('pid' in state.phase && { pid: state.phase.pid }),
      ...(state.error !== null && { code, hint: state.error.hint, said: state.error.said }),
    },
    shown: { at, status, code, message },
  }
}

function levelOf(status: ProxyState): TunnelEventLine['level'] {
  if (status === 'failed') return 'error'
  return status === 'degraded' || status === 'reconnecting' ? 'warn' : 'info'
}

function plainWords(status: ProxyState, target: string | null): string {
  switch (status) {
    case 'stopped':
      return 'The tunnel is stopped.'
    case 'starting':
      return `The tunnel is being started: ${target}`
    case 'connected':
      return `The tunnel is connected: ${target}`
    default:
      return `The tunnel is ${status}: ${target}`
  }
}

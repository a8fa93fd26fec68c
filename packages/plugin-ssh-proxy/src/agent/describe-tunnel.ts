import type { ProxyConfig } from '../proxy-config.js'
import type { ProxyEvent, ProxyStatus } from '../proxy-status.js'
import { targetOf } from './ssh/ssh-arguments.js'
import { statusOf, type TunnelState } from './tunnel/tunnel-state.js'

/** The tunnel in the words of the API. */
export function describeTunnel(
  state: TunnelState,
  config: ProxyConfig | null,
  events: readonly ProxyEvent[],
): ProxyStatus {
  const { phase, connected, healthy, error } = state
  return {
    status: statusOf(state),
    pid: phase.name === 'running' || phase.name === 'ending' ? phase.pid : null,
    listen_port: config?.server_listen_port ?? null,
    target: config === null ? null : targetOf(config),
    last_error: error && {
      code: error.code,
      message: error.message,
      hint: error.hint,
      at: error.at,
    },
    connected_since: connected?.at ?? null,
    retry_count: state.attempts,
    next_retry_at: phase.name === 'waiting' ? phase.until.at : null,
    healthy_since: phase.name === 'running' ? (healthy?.at ?? null) : null,
    probe: state.probe,
    events: [...events],
  }
}

import type { LatestStore } from '../live/latest.js'
import type { AgentError } from '../polling/agent-error.js'
import { isDegraded, type SnapshotCheck } from '../polling/check-snapshot.js'
import type { PollAnswer } from '../polling/poll-client.js'
import {
  neverPolled,
  nextHistory,
  type PollEvent,
  type PollHistory,
} from '../polling/server-state.js'
import type { ServerEntry, ServerStatus } from '../servers/server.js'
import type { AggregatorHooks } from './hooks.js'

export interface FleetStateOptions {
  hooks: Pick<AggregatorHooks, 'derive' | 'published' | 'state'>
  latest: LatestStore
  check: SnapshotCheck
  /** What is shown of this server has changed. */
  onChange(serverId: number): void
}

/** What the polls have told of every server. */
export interface FleetState {
  status(serverId: number): ServerStatus
  /** check → derive → publish. */
  accept(server: ServerEntry, answer: PollAnswer): void
  /** The server is new, or its address or its switch was changed: it is unknown, or disabled. */
  reset(server: ServerEntry): void
  forget(serverId: number): void
}

export function createFleetState({
  hooks,
  latest,
  check,
  onChange,
}: FleetStateOptions): FleetState {
  const histories = new Map<number, PollHistory>()

  function accept(server: ServerEntry, answer: PollAnswer): void {
    const received_at = Date.now()
    const at = Math.floor(received_at / 1000)
    const checked = answer.ok ? check(answer.snapshot) : answer
    if (checked.ok) {
      const derived = hooks.derive.call(checked.snapshot, server)
      latest.set(server.id, derived)
      advance(server, { type: 'answered', at, degraded: isDegraded(derived) })
      hooks.published.call({ server, latest: derived, received_at })
    } else {
      advance(server, { type: 'missed', error: lastError(checked.error, at) })
    }
    onChange(server.id)
  }

  function advance(server: ServerEntry, event: PollEvent): void {
    const history = histories.get(server.id) ?? neverPolled
    const next = nextHistory(history, event)
    histories.set(server.id, next)
    const previous = history.status.state
    if (next.status.state !== previous) hooks.state.call({ ...next.status, server, previous })
  }

  return {
    status: (serverId) => (histories.get(serverId) ?? neverPolled).status,
    accept,
    reset(server) {
      advance(server, { type: server.enabled ? 'enabled' : 'disabled' })
      onChange(server.id)
    },
    forget(serverId) {
      histories.delete(serverId)
      latest.delete(serverId)
      onChange(serverId)
    },
  }
}

function lastError({ code, message, hint }: AgentError, at: number) {
  return { code, message, hint, at }
}

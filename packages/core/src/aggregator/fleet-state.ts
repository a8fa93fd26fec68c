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
import type { ServerEvent } from '../servers/servers.js'
import type { AggregatorHooks } from './hooks.js'

export interface FleetStateOptions {
  hooks: Pick<AggregatorHooks, 'derive' | 'published' | 'state'>
  latest: LatestStore
  check: SnapshotCheck
  /** For servers without an interval of their own. */
  interval_s: number
  /** What is shown of this server has changed. */
  onChange(serverId: number): void
}

/** What the polls have told of every server. */
export interface FleetState {
  status(serverId: number): ServerStatus
  /** check → derive → publish. */
  accept(server: ServerEntry, answer: PollAnswer): void
  /** Takes up a server of which nothing is known yet: it is unknown, or disabled. */
  begin(server: ServerEntry): void
  /** A server was added, changed or deleted. */
  follow(event: ServerEvent): void
}

export function createFleetState({
  hooks,
  latest,
  check,
  interval_s,
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
      hooks.published.call({
        server,
        latest: derived,
        received_at,
        interval_s: server.poll_interval_s ?? interval_s,
      })
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

  function begin(server: ServerEntry): void {
    advance(server, { type: server.enabled ? 'enabled' : 'disabled' })
    onChange(server.id)
  }

  function forget({ id }: ServerEntry): void {
    histories.delete(id)
    latest.delete(id)
    onChange(id)
  }

  function change(server: ServerEntry, previous: ServerEntry): void {
    const isElsewhere = server.base_url !== previous.base_url
    // Another address is another machine: the figures of the old one say nothing of it.
    if (isElsewhere) forget(server)
    if (isElsewhere || server.enabled !== previous.enabled) begin(server)
    else onChange(server.id)
  }

  return {
    status: (serverId) => (histories.get(serverId) ?? neverPolled).status,
    accept,
    begin,
    follow(event) {
      if (event.change === 'changed') change(event.server, event.previous)
      else if (event.change === 'deleted') forget(event.server)
      else begin(event.server)
    },
  }
}

function lastError({ code, message, hint }: AgentError, at: number) {
  return { code, message, hint, at }
}

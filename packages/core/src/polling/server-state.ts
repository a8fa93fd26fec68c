import type { LastError, ServerStatus } from '../servers/server.js'

/** What the polls of one server have told so far. */
export interface PollHistory {
  status: ServerStatus
  /** Polls missed since the last answer. */
  missed: number
}

/** `at` is epoch seconds by the aggregator's own clock: that of the agent may be wrong. */
export type PollEvent =
  | { type: 'enabled' }
  | { type: 'disabled' }
  | { type: 'answered'; at: number; degraded: boolean }
  | { type: 'missed'; error: LastError }

/** A server is offline from this many missed polls in a row. */
export const MISSED_UNTIL_OFFLINE = 3

export const neverPolled: PollHistory = {
  status: { state: 'unknown', last_seen: null, last_error: null },
  missed: 0,
}

/**
 * What an event makes of a server. `enabled` also stands for a change of its address: what
 * was known of the old one says nothing of the new one, but when it was last seen.
 */
export function nextHistory({ status, missed }: PollHistory, event: PollEvent): PollHistory {
  const { last_seen } = status
  switch (event.type) {
    case 'enabled':
      return { missed: 0, status: { state: 'unknown', last_seen, last_error: null } }
    case 'disabled':
      return { missed: 0, status: { state: 'disabled', last_seen, last_error: null } }
    case 'answered': {
      const state = event.degraded ? 'degraded' : 'online'
      return { missed: 0, status: { state, last_seen: event.at, last_error: null } }
    }
    case 'missed': {
      const isOffline = missed + 1 >= MISSED_UNTIL_OFFLINE
      const state = isOffline ? 'offline' : status.state
      return { missed: missed + 1, status: { state, last_seen, last_error: event.error } }
    }
  }
}

import type { MessageKey } from '../i18n/translate.js'
import type { Server, ServerState } from '../live/server.js'
import type { Status } from '../parts/status.js'

const statuses = {
  online: ['ok', 'state.online'],
  degraded: ['warn', 'state.degraded'],
  offline: ['off', 'state.offline'],
  disabled: ['off', 'state.disabled'],
  unknown: ['busy', 'state.unknown'],
} as const satisfies Record<ServerState, [Status, MessageKey]>

/** How a server's state looks, and its word. */
export function statusOf({ state }: Pick<Server, 'state'>) {
  const [status, word] = statuses[state]
  return { status, word }
}

/** The states that the summary counts, and by which it filters. */
export const filterStates = ['online', 'degraded', 'offline'] as const satisfies ServerState[]
export type FilterState = (typeof filterStates)[number]

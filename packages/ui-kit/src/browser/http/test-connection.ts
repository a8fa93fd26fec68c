import type { LastError, LatestSnapshot } from '../live/server.js'
import { request } from './request.js'

/** `ConnectionTest` of `@mon/core`: with `id`, the saved token is used where none is given. */
export interface ConnectionTarget {
  base_url: string
  id?: number
  token?: string
}

/** `ConnectionTestResult` of `@mon/core`. */
export type ConnectionResult =
  | { ok: true; ms: number; hostname: string; agent_version: string; latest: LatestSnapshot }
  | { ok: false; error: Omit<LastError, 'at'> }

/** Asks an agent once, and saves nothing. */
export function testConnection(
  target: ConnectionTarget,
  signal: AbortSignal,
): Promise<ConnectionResult> {
  return request('POST', '/api/servers/test', target, signal)
}

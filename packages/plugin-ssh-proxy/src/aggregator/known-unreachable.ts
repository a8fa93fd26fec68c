import type { Server } from '@mon/core'
import type { AgentAnswer } from './ask-agent.js'

/**
 * A server that has just missed three polls would not answer now either: to ask it would cost
 * seconds, and say the same. Undefined for any other.
 */
export function knownUnreachable(server: Server | undefined): AgentAnswer | undefined {
  if (server?.state !== 'offline' || server.last_error === null) return undefined
  const { code, message, hint } = server.last_error
  return { status: null, error: { code, message, hint } }
}

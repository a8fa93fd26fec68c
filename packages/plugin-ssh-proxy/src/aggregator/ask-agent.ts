import { type AgentClient, createGuard, MonError, type Static, Type } from '@mon/core'
import type { ProxyConfig } from '../proxy-config.js'
import { ProxyStatus } from '../proxy-status.js'

/** Why a server's agent did not do what it was asked for. */
export const AgentFailure = Type.Object({
  code: Type.String({ description: 'Stable; for programs' }),
  message: Type.String({ description: 'What failed, and why' }),
  hint: Type.Union([Type.String(), Type.Null()], { description: 'What to do next' }),
})
export type AgentFailure = Static<typeof AgentFailure>

export type AgentAnswer =
  | { status: ProxyStatus; error: null }
  | { status: null; error: AgentFailure }

/** How the tunnel fares right now. Never rejects. */
export function askStatus(agent: AgentClient): Promise<AgentAnswer> {
  return ask(agent, 'GET', '/v1/proxy/status')
}

/**
 * Starts the tunnel, or starts it anew. Never rejects.
 *
 * @param config null: by the one that the agent has
 */
export function start(agent: AgentClient, config: ProxyConfig | null): Promise<AgentAnswer> {
  return ask(agent, 'POST', '/v1/proxy/start', config === null ? {} : { config })
}

/**
 * Stops the tunnel. Never rejects.
 *
 * @param disabled the configuration that disables it, where there is one: with it the tunnel stays
 * down when the agent starts anew
 */
export async function stop(agent: AgentClient, disabled: ProxyConfig | null): Promise<AgentAnswer> {
  if (disabled !== null) {
    const answer = await ask(agent, 'POST', '/v1/proxy/stop', { config: disabled })
    // What the agent does not allow cannot run either, but what it ran before must end.
    if (answer.error?.code !== 'REMOTE_CONFIG_REFUSED') return answer
  }
  return ask(agent, 'POST', '/v1/proxy/stop')
}

async function ask(agent: AgentClient, ...request: AgentRequest): Promise<AgentAnswer> {
  try {
    const answer = await agent.request(...request)
    if (!isContractStatus(answer)) throw notAStatus()
    return { status: { ...unsaid, ...answer }, error: null }
  } catch (error) {
    return { status: null, error: failureOf(error) }
  }
}

type AgentRequest = Parameters<AgentClient['request']>

/** What an agent may leave out: the contract names it as additions. */
const { next_retry_at, healthy_since, probe, events, ...required } = ProxyStatus.properties
const isContractStatus = createGuard(
  Type.Object({
    ...required,
    ...Type.Partial(Type.Object({ next_retry_at, healthy_since, probe, events })).properties,
  }),
)
const unsaid: Pick<ProxyStatus, 'next_retry_at' | 'healthy_since' | 'probe' | 'events'> = {
  next_retry_at: null,
  healthy_since: null,
  probe: null,
  events: [],
}

function notAStatus(): MonError {
  return new MonError('AGENT_HTTP_ERROR', "The agent's answer is not the status of a tunnel.", {
    hint: 'Check that agent and aggregator have the same version of @mon/plugin-ssh-proxy.',
  })
}

function failureOf(error: unknown): AgentFailure {
  if (isUnknownRoute(error)) {
    return {
      code: 'PROXY_NOT_INSTALLED',
      message: 'The agent of this server runs without @mon/plugin-ssh-proxy.',
      hint: "Install it there, name it under plugins in the agent's file, and restart the agent.",
    }
  }
  if (error instanceof MonError) {
    const { code, message, hint = null } = error
    return { code, message, hint }
  }
  return { code: 'INTERNAL', message: String(error), hint: null }
}

/** An agent without the plugin, of version 1.0 for example, answers 404. */
function isUnknownRoute(error: unknown): boolean {
  if (!(error instanceof MonError) || error.code !== 'AGENT_HTTP_ERROR') return false
  const { cause, message } = error
  const status =
    typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : undefined
  return status === 404 || /HTTP status 404\b/.test(message)
}

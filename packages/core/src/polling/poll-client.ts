import type { AgentTarget } from '../servers/servers.js'
import type { AgentClient } from './agent-client.js'
import { type AgentError, asMonError, explainFailure } from './agent-error.js'
import {
  AnswerTooLarge,
  createExchange,
  type ExchangeAnswer,
  type ExchangeRequest,
  MAX_ANSWER_BYTES,
} from './exchange.js'
import { isObject, parseJson } from './json.js'
import { codeForClient, refusalOf } from './refusal.js'

/** Asks agents over connections that stay open. */
export interface PollClient {
  /** Rejects with the signal's reason alone: whatever the agent does is an answer. */
  poll(target: AgentTarget, signal?: AbortSignal): Promise<PollAnswer>
  request(target: AgentTarget, ...args: Parameters<AgentClient['request']>): Promise<unknown>
  /** Ends all connections and what is under way on them. */
  close(): Promise<void>
}

/** What one poll brought: an object that is yet to be checked, or why there is none. */
export type PollAnswer =
  | { ok: true; snapshot: Record<string, unknown>; ms: number }
  | { ok: false; error: AgentError }

export function createPollClient(): PollClient {
  // Of one server there is one poll at a time, and with one connection undici keeps no pool for it.
  const polls = createExchange(1)
  const requests = createExchange()
  return {
    async poll(target, signal) {
      const origin = target.base_url
      const started = performance.now()
      let answer: ExchangeAnswer
      try {
        answer = await polls.send({ ...requestTo(target, 'GET', '/v1/snapshot'), signal })
      } catch (error) {
        signal?.throwIfAborted()
        return {
          ok: false,
          error:
            error instanceof AnswerTooLarge
              ? notASnapshot(`${origin} answered with more than ${MAX_ANSWER_BYTES} bytes.`)
              : explainFailure(origin, error),
        }
      }
      const refusal = refusalOf(origin, answer)
      if (refusal !== undefined) return { ok: false, error: refusal.error }
      const snapshot = parseJson(answer.text)
      return isObject(snapshot)
        ? { ok: true, snapshot, ms: performance.now() - started }
        : { ok: false, error: notASnapshot(`${origin} did not answer with a JSON object.`) }
    },

    async request(target, method, path, body) {
      const origin = target.base_url
      const answer = await requests.send(requestTo(target, method, path, body)).catch((error) => {
        throw asMonError(explainFailure(origin, error), error)
      })
      const refusal = refusalOf(origin, answer)
      if (refusal !== undefined) {
        throw asMonError({ ...refusal.error, code: codeForClient(refusal) }, refusal.problem)
      }
      if (answer.text === '') return null
      const json = parseJson(answer.text)
      if (json !== undefined) return json
      throw asMonError({
        code: 'AGENT_HTTP_ERROR',
        message: `${origin} did not answer with JSON at ${path}.`,
        hint: 'Check that an agent listens there.',
      })
    },

    async close() {
      await Promise.all([polls.close(), requests.close()])
    },
  }
}

function requestTo(
  { base_url, token }: AgentTarget,
  method: ExchangeRequest['method'],
  path: string,
  body?: unknown,
): ExchangeRequest {
  return {
    origin: base_url,
    method,
    path,
    headers: {
      accept: 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

function notASnapshot(message: string): AgentError {
  return {
    code: 'AGENT_INVALID_SNAPSHOT',
    message,
    hint: 'Check that an agent listens there, and not another program.',
  }
}

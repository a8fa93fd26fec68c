import { type ErrorCode, errorCatalogue } from '../errors.js'
import type { AgentError } from './agent-error.js'
import type { ExchangeAnswer } from './exchange.js'
import { isObject, parseJson } from './json.js'

/** An answer that is not a success, in words, beside what the agent itself said. */
export interface Refusal {
  error: AgentError
  problem?: AgentProblem | undefined
}

/** The agent's own problem details (RFC 9457). */
export interface AgentProblem {
  status: number
  /** Of the catalogue, or of one of the agent's plugins. */
  code: string
  detail: string
  hint: string
}

/** Undefined for a success. */
export function refusalOf(origin: string, answer: ExchangeAnswer): Refusal | undefined {
  if (answer.status >= 200 && answer.status < 300) return undefined
  const problem = problemOf(answer)
  return { problem, error: explain(origin, answer, problem) }
}

function explain(
  origin: string,
  { status, headers }: ExchangeAnswer,
  problem: AgentProblem | undefined,
): AgentError {
  if (status === 401) {
    return {
      code: 'AGENT_UNAUTHORIZED',
      message: `${origin} did not accept the token.`,
      hint: 'Enter for this server the token that its agent has in its token_file.',
    }
  }
  if (status >= 300 && status < 400) {
    return {
      code: 'AGENT_HTTP_ERROR',
      message: `${origin} redirects (${status}) to ${clean(headers.location, 200)}; redirects are not followed.`,
      hint: 'Enter the address of the agent itself.',
    }
  }
  const isAboutAccess = problem === undefined ? status === 403 : accessCodes.has(problem.code)
  return {
    code: isAboutAccess ? 'AGENT_UNAUTHORIZED' : 'AGENT_HTTP_ERROR',
    message: problem?.detail || `${origin} answered with HTTP status ${status}.`,
    hint: problem?.hint || 'Check that an agent listens there, and look at its log.',
  }
}

/**
 * The code under which a refusal reaches our own client: the agent's, where it means the same
 * here. Its UNAUTHORIZED is not about the client's login, nor its ROUTE_NOT_FOUND about our routes.
 */
export function codeForClient({ error, problem }: Refusal): ErrorCode {
  if (problem === undefined || !isErrorCode(problem.code)) return error.code
  return aboutTheAgent.has(problem.code) ? error.code : problem.code
}

const accessCodes: ReadonlySet<string> = new Set([
  'UNAUTHORIZED',
  'HOST_REFUSED',
  'ORIGIN_REFUSED',
] satisfies ErrorCode[])

const aboutTheAgent: ReadonlySet<string> = new Set([
  ...accessCodes,
  'ROUTE_NOT_FOUND',
  'INTERNAL',
] satisfies string[])

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}

function problemOf({ status, headers, text }: ExchangeAnswer): AgentProblem | undefined {
  if (!String(headers['content-type']).startsWith('application/problem+json')) return undefined
  const problem = parseJson(text)
  if (!isObject(problem)) return undefined
  return {
    status,
    code: clean(problem.code, 64),
    detail: clean(problem.detail, 500),
    hint: clean(problem.hint, 500),
  }
}

/** Text from outside, fit for one line of a log or a page. */
function clean(text: unknown, maxLength: number): string {
  return typeof text === 'string' ? text.slice(0, maxLength).replaceAll(/\p{Cc}+/gu, ' ') : ''
}

import { createEmitter } from '../emitter.js'

/** `Violation` of `@mon/core`. */
export interface Violation {
  path: string
  message: string
}

/** An answer that is an error, or none at all: then `status` is 0. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: string
  readonly status: number
  readonly hint: string | null
  readonly request_id: string | null
  /** How long to wait before it is worth another try, seconds. */
  readonly retry_after_s: number | null
  /** What is wrong with the request, such as `body.name`, each. */
  readonly violations: readonly Violation[]

  constructor(message: string, details: Partial<Omit<RequestError, 'name' | 'message'>> = {}) {
    super(message, { cause: details.cause })
    this.code = details.code ?? 'UNREACHABLE'
    this.status = details.status ?? 0
    this.hint = details.hint ?? null
    this.request_id = details.request_id ?? null
    this.retry_after_s = details.retry_after_s ?? null
    this.violations = details.violations ?? []
  }
}

const unauthorized = createEmitter()

/** A request was refused for want of a session. */
export const onUnauthorized = unauthorized.onChange

/**
 * Asks the aggregator, in JSON. `T` is the caller's word for what the route answers.
 *
 * @throws RequestError
 */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await send(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  // An answer without a body, such as 204, gives null.
  return JSON.parse((await response.text()) || 'null')
}

/** `fetch`, with every failure as a RequestError, save an abort. */
export async function send(path: string, options: RequestInit = {}): Promise<Response> {
  const asked = `${options.method ?? 'GET'} ${path}`
  let response: Response
  try {
    response = await fetch(path, options)
  } catch (cause) {
    if (options.signal?.aborted) throw cause
    throw new RequestError(`${asked}: no answer`, { cause })
  }
  if (response.ok) return response
  const error = await errorOf(response, asked)
  if (error.code === 'UNAUTHORIZED') unauthorized.emit()
  throw error
}

/** What a problem document, `last_error` and the health of a collector have in common. */
export interface CodedError {
  code: string
  message: string
  hint?: string | null
  request_id?: string | null
}

export function isCodedError(error: unknown): error is CodedError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  )
}

/** Whatever was thrown, as text that someone can paste into a report. */
export function describeError(error: unknown): string {
  if (!isCodedError(error)) return error instanceof Error ? error.message : String(error)
  const { code, message, hint, request_id } = error
  return [`${code} ${message}`, hint, request_id && `request-id ${request_id}`]
    .filter(Boolean)
    .join('\n')
}

/** Reads RFC 9457 problem details; a proxy in between may answer something else. */
async function errorOf(response: Response, asked: string): Promise<RequestError> {
  const problem: Record<string, unknown> = await response.json().catch(() => ({}))
  const field = (name: string) => {
    const value = problem[name]
    return typeof value === 'string' ? value : undefined
  }
  const detail = field('detail') ?? response.statusText
  return new RequestError(`${asked} → ${response.status} ${detail}`.trim(), {
    code: field('code') ?? `HTTP_${response.status}`,
    status: response.status,
    hint: field('hint') ?? null,
    request_id: response.headers.get('x-request-id'),
    retry_after_s: Number(response.headers.get('retry-after')) || null,
    violations: Array.isArray(problem.errors) ? problem.errors.filter(isViolation) : [],
  })
}

function isViolation(value: unknown): value is Violation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}

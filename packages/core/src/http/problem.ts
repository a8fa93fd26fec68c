import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type ErrorCode, errorCatalogue, MonError } from '../errors.js'
import { setDefaultHeaders } from './headers.js'
import { RequestInvalid, Violation } from './violations.js'

/** What every error is answered with (RFC 9457). */
export const Problem = Type.Object({
  type: Type.String({ description: 'URI that stands for the code' }),
  title: Type.String({ description: 'The same for all errors of the code' }),
  status: Type.Integer({ description: 'HTTP status' }),
  detail: Type.String({ description: 'What failed, and why' }),
  code: Type.String({ description: 'Stable; for programs' }),
  hint: Type.Optional(Type.String({ description: 'What to do next' })),
  instance: Type.String({ description: 'The request id, as in x-request-id and in the log' }),
  errors: Type.Optional(
    Type.Array(Violation, { description: 'Of a request that is not valid: each fault' }),
  ),
})
export type Problem = Static<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json'

/** Fastify's error handler: whatever was thrown is logged and answered as a problem. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = asMonError(thrown, request)
  if (error.code === 'TOO_MANY_REQUESTS') request.log.debug(error.message)
  else if (error.status < 500) request.log.warn({ code: error.code }, error.message)
  else request.log.error({ code: error.code, err: thrown }, error.message)

  for (const header of ofTheContent) reply.removeHeader(header)
  setDefaultHeaders(reply.raw, request.id)
  reply
    .code(error.status)
    .type(PROBLEM_TYPE)
    // A route's own schema for this status would drop fields.
    .serializer(JSON.stringify)
    .send(problemOf(error, request.id))
}

export function problemOf(error: MonError, requestId: string): Problem {
  return {
    type: `urn:mon:error:${error.code}`,
    title: errorCatalogue[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.hint !== undefined && { hint: error.hint }),
    instance: requestId,
    ...(error instanceof RequestInvalid && { errors: [...error.violations] }),
  }
}

/** What a route had said of an answer that it then failed to give. */
const ofTheContent = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-security-policy',
  'etag',
  'last-modified',
]

function asMonError(thrown: unknown, request: FastifyRequest): MonError {
  if (thrown instanceof MonError) return thrown
  if (request.raw.errored && thrown === request.raw.errored) {
    return new MonError('REQUEST_INVALID', 'The client went away in the middle of its request.')
  }
  const code = codeOf(thrown)
  if (code !== 'INTERNAL' && thrown instanceof Error) {
    return new MonError(code, thrown.message, { cause: thrown })
  }
  return new MonError('INTERNAL', 'The request could not be answered.', {
    hint: 'The log says why, under the id in `instance`.',
    cause: thrown,
  })
}

/**
 * Only Fastify and its plugins (`FST_…`, or `expose`) are believed about whose fault it is:
 * a failed call to another server has a status, too, and it is not our answer's.
 */
function codeOf(thrown: unknown): ErrorCode {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return 'INTERNAL'
  const isFastify = 'code' in thrown && String(thrown.code).startsWith('FST_')
  const isExposed = 'expose' in thrown && thrown.expose === true
  if (!isFastify && !isExposed) return 'INTERNAL'
  switch (thrown.statusCode) {
    case 404:
      return 'ROUTE_NOT_FOUND'
    case 413:
      return 'REQUEST_TOO_LARGE'
    case 415:
      return 'MEDIA_TYPE_UNSUPPORTED'
    default:
      return Number(thrown.statusCode) < 500 ? 'REQUEST_INVALID' : 'INTERNAL'
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { FastifyRequest } from 'fastify'
import { MonError } from '../errors.js'
import { addressKey } from './client-address.js'
import type { Login } from './login.js'
import { createRequestLimit } from './request-limit.js'
import type { HttpServer } from './server.js'
import { readSessionCookie } from './session-cookie.js'
import type { Answer } from './sessions.js'

/** What a request can show to be let in. Without either, everybody is. */
export interface Credentials {
  token: string | null
  login?: Login | null
}

export function needsCredentials({ token, login }: Credentials): boolean {
  return token !== null || Boolean(login)
}

/**
 * Whether a request has the token, or a session; true where nothing is needed.
 * An answer given here is cut off when its session ends.
 */
export type Admission = (request: FastifyRequest, answer?: Answer) => boolean

export function createAdmission(credentials: Credentials): Admission {
  if (!needsCredentials(credentials)) return () => true
  const { login } = credentials
  const hasToken = createHeadCheck(credentials)
  return (request, answer) => {
    if (hasToken(request.headers)) return true
    const session = sessionOf(request)
    return session !== null && (login?.sessions.use(session, answer) ?? false)
  }
}

/** Whether the head of a request is enough to let it in: it has the token, or none is needed. */
export function createHeadCheck(
  credentials: Credentials,
): (headers: IncomingHttpHeaders) => boolean {
  if (!needsCredentials(credentials)) return () => true
  const { token } = credentials
  if (token === null) return () => false
  const isToken = createTokenCheck(token)
  return ({ authorization }) => isToken(authorization)
}

/** The session that a request's cookie names, open or not. */
export function sessionOf({ headers, protocol }: FastifyRequest): string | null {
  return readSessionCookie(headers.cookie, protocol === 'https')
}

/**
 * Lets nobody in without credentials, but to routes with `config: { public: true }`; what is no
 * route needs them too. Requests without are limited for each address.
 */
export function requireCredentials(app: HttpServer, credentials: Credentials): void {
  if (!needsCredentials(credentials)) return
  const isAdmitted = createAdmission(credentials)
  const strangers = createRequestLimit({
    burst: 300,
    per_second: 30,
    max_keys: 10_000,
    now: () => performance.now(),
  })
  endExpiredSessions(app, credentials)

  app.addHook('onRequest', async (request, reply) => {
    const isPublic = request.routeOptions.config?.public === true
    if (isAdmitted(request, isPublic ? undefined : reply.raw)) return
    const wait_s = strangers.take(addressKey(request.ip))
    if (wait_s > 0) {
      reply.header('retry-after', wait_s)
      throw new MonError('TOO_MANY_REQUESTS', 'Too many requests without a token or a session.')
    }
    if (isPublic) return
    reply.header('www-authenticate', 'Bearer')
    throw unauthorized(credentials)
  })
}

/** Compares hashes, which have one length, so that the time taken tells nothing of the token. */
export function createTokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = sha256(token)
  return (authorization) => {
    const [, given] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
    return given !== undefined && timingSafeEqual(sha256(given), expected)
  }
}

function endExpiredSessions(app: HttpServer, { login }: Credentials): void {
  if (!login) return
  const timer = setInterval(login.sessions.endExpired, 60_000).unref()
  app.addHook('onClose', async () => clearInterval(timer))
}

function unauthorized({ token, login }: Credentials): MonError {
  const ways = [
    login && 'the session cookie of POST /api/login',
    token !== null && 'the token as `Authorization: Bearer <token>`',
  ].filter(Boolean)
  return new MonError('UNAUTHORIZED', 'This address needs a valid token or a session.', {
    hint: `Send ${ways.join(', or ')}.`,
  })
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

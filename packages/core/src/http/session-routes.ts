import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { MonError } from '../errors.js'
import { type Credentials, createAdmission, sessionOf } from './auth.js'
import { addressKey } from './client-address.js'
import { SESSION_MAX_AGE_S } from './login.js'
import type { HttpServer } from './server.js'
import { sessionCookie } from './session-cookie.js'

/** What `GET /api/session` answers. */
export const SessionState = Type.Object({
  authenticated: Type.Boolean({ description: 'This request may ask for everything' }),
  login: Type.Boolean({ description: 'There is a password to log in with' }),
  time_zone: Type.Optional(
    Type.String({ description: 'Of this machine, such as `Asia/Shanghai`; for those admitted' }),
  ),
})
export type SessionState = Static<typeof SessionState>

const LoginBody = Type.Object(
  { password: Type.String({ minLength: 1, maxLength: 1024 }) },
  { additionalProperties: false },
)

const noContent = { 204: Type.Null() }

/** `POST /api/login`, `POST /api/logout` and `GET /api/session`, for everybody. */
export function sessionRoutes(credentials: Credentials): (app: HttpServer) => Promise<void> {
  const { login } = credentials
  const isAdmitted = createAdmission(credentials)
  const route = { config: { public: true } }
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone

  return async (app) => {
    app.get(
      '/api/session',
      {
        ...route,
        schema: {
          summary: 'Whether this request is logged in, or can be',
          tags: ['session'],
          response: { 200: SessionState },
        },
      },
      (request) => {
        const authenticated = isAdmitted(request)
        return { authenticated, login: Boolean(login), ...(authenticated && { time_zone }) }
      },
    )

    app.post(
      '/api/login',
      {
        ...route,
        schema: {
          summary: 'Open a session with the password',
          description:
            'The answer sets the cookie. After five attempts each further one must wait.',
          tags: ['session'],
          body: LoginBody,
          response: noContent,
        },
      },
      async (request, reply) => {
        if (!login) throw noLogin()
        const address = request.ip
        const result = await login.attempt(request.body.password, addressKey(address))
        switch (result.outcome) {
          case 'too_many':
            request.log.warn({ address, wait_s: result.wait_s }, 'login: too many attempts')
            reply.header('retry-after', result.wait_s)
            throw tooManyAttempts(result.wait_s)
          case 'refused':
            request.log.warn({ address }, 'login: wrong password')
            throw new MonError('WRONG_PASSWORD', 'This is not the password.')
          case 'accepted':
            request.log.info({ address }, 'login: accepted')
            endSession(request)
            setCookie(request, reply, result.session, SESSION_MAX_AGE_S)
            return reply.code(204).send(null)
        }
      },
    )

    app.post(
      '/api/logout',
      {
        ...route,
        schema: {
          summary: 'End the session, and all that is being answered to it',
          tags: ['session'],
          response: noContent,
        },
      },
      async (request, reply) => {
        endSession(request)
        setCookie(request, reply, '', 0)
        return reply.code(204).send(null)
      },
    )
  }

  function endSession(request: FastifyRequest): void {
    const session = sessionOf(request)
    if (session !== null) login?.sessions.end(session)
  }
}

function setCookie(request: FastifyRequest, reply: FastifyReply, id: string, maxAgeS: number) {
  reply.header('set-cookie', sessionCookie(id, maxAgeS, request.protocol === 'https'))
}

function noLogin(): MonError {
  return new MonError('ROUTE_NOT_FOUND', 'No password is set here, so nobody can log in.', {
    hint: 'Make one with `mon hash-password` and set password_file.',
  })
}

function tooManyAttempts(waitS: number): MonError {
  return new MonError('TOO_MANY_ATTEMPTS', 'There were too many attempts to log in.', {
    hint: `Wait ${waitS} s and try again.`,
  })
}

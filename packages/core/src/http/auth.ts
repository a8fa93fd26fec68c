import { createHash, timingSafeEqual } from 'node:crypto'
import { MonError } from '../errors.js'
import type { HttpServer } from './server.js'

/** With a token set, every route but `/healthz` needs it, and so does what is no route. */
export function requireToken(app: HttpServer, token: string): void {
  const isToken = createTokenCheck(token)
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === '/healthz') return
    if (isToken(request.headers.authorization)) return
    reply.header('www-authenticate', 'Bearer')
    throw new MonError('UNAUTHORIZED', 'This address needs a valid token.', {
      hint: 'Send it as `Authorization: Bearer <token>`.',
    })
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

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

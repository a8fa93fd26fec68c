import { Server as TlsServer } from 'node:tls'
import { formatListen, type ListenAddress } from '../config/listen.js'
import { MonError, messageOf } from '../errors.js'
import type { HttpServer } from './server.js'

/**
 * Starts to listen.
 *
 * @returns the URL to open, with the real port
 * @throws MonError LISTEN_FAILED with the next step
 */
export async function listen(app: HttpServer, address: ListenAddress): Promise<string> {
  await app.ready()
  const scheme = app.server instanceof TlsServer ? 'https' : 'http'
  try {
    await app.listen({
      ...address,
      listenTextResolver: (url) => `listening on ${url.replace(/^http:/, `${scheme}:`)}`,
    })
  } catch (error) {
    throw listenFailed(address, error)
  }
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port
  return `${scheme}://${formatListen({ host: reachable[address.host] ?? address.host, port })}`
}

/** Nobody can open "every network". */
const reachable: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function listenFailed(address: ListenAddress, error: unknown): MonError {
  const where = formatListen(address)
  const [message, hint] = explain(where, address, error)
  return new MonError('LISTEN_FAILED', message, { hint, cause: error })
}

function explain(where: string, { host, port }: ListenAddress, error: unknown): [string, string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return [
        `${where} is already in use.`,
        'Stop the other program, or set `listen` to another port.',
      ]
    case 'EADDRNOTAVAIL':
      return [
        `${host} is not an address of this machine.`,
        'Set `listen` to one that is, such as 127.0.0.1.',
      ]
    case 'EACCES':
      return [
        `Port ${port} may not be used by this user.`,
        'Set `listen` to a port of 1024 or more.',
      ]
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`The name ${host} cannot be resolved.`, 'Set `listen` to an IP address.']
    default:
      return [`${where} cannot be used: ${messageOf(error)}`, 'Set `listen` to another address.']
  }
}

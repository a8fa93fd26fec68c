import { once } from 'node:events'
import { createServer } from 'node:net'
import { formatListen, isLoopback, type ListenAddress, parseListen } from '../config/listen.js'
import { readSecretFile } from '../config/secret-file.js'
import { MonError, messageOf } from '../errors.js'
import type { Check } from './check.js'

export interface Access {
  address: ListenAddress
  /** The bearer token that requests must carry; null on loopback without one. */
  token: string | null
}

/**
 * Where to listen, and who may call. By default a host is reachable from its own machine only;
 * one that listens wider needs a token.
 * @throws MonError LISTEN_REFUSED
 */
export async function resolveAccess(config: {
  listen: string
  token_file?: string
}): Promise<Access> {
  const address = parseListen(config.listen)
  if (config.token_file !== undefined) {
    return { address, token: await readSecretFile(config.token_file, 'token_file') }
  }
  if (isLoopback(address.host)) return { address, token: null }
  throw new MonError(
    'LISTEN_REFUSED',
    `listen: ${config.listen} is reachable from other machines, and there is no token.`,
    {
      hint: 'Make one with (umask 077; openssl rand -hex 32 > mon.token) and set token_file: ./mon.token, or listen on 127.0.0.1.',
    },
  )
}

/** A program that holds the port without a word is another one. */
const ANSWER_LIMIT_MS = 2_000

/** Whether the host can be called, and only by those who may. */
export function accessCheck(config: Parameters<typeof resolveAccess>[0]): Check {
  return {
    name: 'listen',
    async run() {
      const { address, token } = await resolveAccess(config)
      const where = formatListen(address)
      const health = await fetch(`http://${where}/healthz`, {
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      }).catch(() => null)
      if (health?.ok) return `${where} is served: the program runs`
      const probe = createServer()
      try {
        await once(probe.listen({ ...address, exclusive: true }), 'listening')
      } catch (error) {
        throw new MonError('LISTEN_FAILED', `${where} cannot be used: ${messageOf(error)}`, {
          hint: 'Stop the other program, or set `listen` to another address.',
          cause: error,
        })
      } finally {
        probe.close()
      }
      return `${where} is free${token === null ? ', on this machine only' : ', a token is set'}`
    },
  }
}

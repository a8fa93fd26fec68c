import { isLoopback, type ListenAddress, parseListen } from '../config/listen.js'
import { readSecretFile } from '../config/secret-file.js'
import { MonError } from '../errors.js'

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

import { once } from 'node:events'
import { createServer } from 'node:net'
import { formatListen, isLoopback, type ListenAddress, parseListen } from '../config/listen.js'
import { readSecretFile } from '../config/secret-file.js'
import { MonError, messageOf } from '../errors.js'
import { createLogin, type Login } from '../http/login.js'
import { createPasswordCheck } from '../http/password.js'
import { readTls, type Tls, type TlsFiles } from '../http/tls.js'
import type { Check } from './check.js'
import { describeTls, isServed } from './served.js'

/** The keys of a configuration that say where a host listens and who may call. */
export interface AccessConfig {
  listen: string
  token_file?: string
  password_file?: string
  tls?: TlsFiles
}

export interface Access {
  address: ListenAddress
  /** The bearer token that requests may carry. */
  token: string | null
  /** By which people log in with a password. */
  login: Login | null
  tls: Tls | null
}

/**
 * Where to listen, and who may call. By default a host is reachable from its own machine only;
 * one that listens wider needs a token or a password.
 * @throws MonError LISTEN_REFUSED, or what is wrong with a file
 */
export async function resolveAccess(config: AccessConfig): Promise<Access> {
  const address = parseListen(config.listen)
  const { token_file, password_file, tls } = config
  const isGuarded = token_file !== undefined || password_file !== undefined
  if (!isGuarded && !isLoopback(address.host)) throw tooWide(config.listen)
  return {
    address,
    token: token_file === undefined ? null : await readToken(token_file),
    login: password_file === undefined ? null : await readLogin(password_file),
    tls: tls === undefined ? null : await readTls(tls),
  }
}

/** Whether the host can be called, and only by those who may. */
export function accessCheck(config: AccessConfig): Check {
  return {
    name: 'listen',
    async run() {
      const access = await resolveAccess(config)
      const where = formatListen(access.address)
      const how = describe(access)
      if (await isServed(where, access.tls !== null)) {
        return `${where} is served: the program runs; ${how}`
      }
      await probe(access.address)
      return `${where} is free; ${how}`
    },
  }
}

function readToken(file: string): Promise<string> {
  return readSecretFile(
    file,
    'token_file',
    `Make one: (umask 077; openssl rand -hex 32 > '${file}')`,
  )
}

async function readLogin(file: string): Promise<Login> {
  const hint = `Make one: (umask 077; mon hash-password > '${file}')`
  const isPassword = createPasswordCheck(await readSecretFile(file, 'password_file', hint))
  if (isPassword !== null) return createLogin(isPassword)
  throw new MonError(
    'CONFIG_INVALID',
    `password_file: ${file} does not hold what \`mon hash-password\` prints.`,
    { hint },
  )
}

function tooWide(listen: string): MonError {
  return new MonError(
    'LISTEN_REFUSED',
    `listen: ${listen} is reachable from other machines, and there is no token or password.`,
    {
      hint: [
        'Make a token with (umask 077; openssl rand -hex 32 > mon.token) and set token_file: ./mon.token;',
        'an aggregator can have a password instead or as well:',
        '(umask 077; mon hash-password > mon.password) and password_file: ./mon.password.',
        'Or listen on 127.0.0.1.',
      ].join(' '),
    },
  )
}

function describe({ address, token, login, tls }: Access): string {
  const keys = [token !== null && 'a token', login !== null && 'a password'].filter(Boolean)
  const who = keys.length === 0 ? 'on this machine only' : `with ${keys.join(' and ')}`
  if (tls !== null) return `${who}, ${describeTls(tls)}`
  return isLoopback(address.host) ? who : `${who}, unencrypted: set tls, or use a proxy that does`
}

/** @throws MonError LISTEN_FAILED */
async function probe(address: ListenAddress): Promise<void> {
  const server = createServer()
  try {
    await once(server.listen({ ...address, exclusive: true }), 'listening')
  } catch (error) {
    throw new MonError(
      'LISTEN_FAILED',
      `${formatListen(address)} cannot be used: ${messageOf(error)}`,
      { hint: 'Stop the other program, or set `listen` to another address.', cause: error },
    )
  } finally {
    server.close()
  }
}

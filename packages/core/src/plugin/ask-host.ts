import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request as send } from 'node:http'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { formatListen, type ListenAddress } from '../config/listen.js'
import { MonError } from '../errors.js'
import type { Tls } from '../http/tls.js'
import { type AccessConfig, resolveAccess } from './access.js'

export interface HostRequest {
  /** Such as `/v1/snapshot`. */
  path: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
}

export interface HostAnswer {
  /** Where it was asked. */
  url: string
  /** Null where no host answers. `body` is null where it is no JSON. */
  answer: { status: number; body: unknown } | null
}

/** The host of a configuration, which may run in another process of this machine. */
export interface RunningHost {
  /** @throws MonError that says why it cannot be asked */
  ask(request: HostRequest): Promise<HostAnswer>
}

const ANSWER_LIMIT_MS = 10_000

/**
 * Asks the host that this configuration is for, at its own address and with its own token.
 * @throws MonError that says why it cannot be asked
 */
export async function askHost(config: AccessConfig, asked: HostRequest): Promise<HostAnswer> {
  const { address, token, tls } = await resolveAccess(config)
  const own = { ...address, host: reachable(address.host) }
  const url = `${tls === null ? 'http' : 'https'}://${formatListen(own)}`
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  const { path, method = 'GET', body } = asked
  try {
    const request = send({
      ...own,
      path,
      method,
      headers: {
        host: formatListen(own),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      signal,
      ...(tls && (await secureConnection(own, tls, signal))),
    })
    // What goes wrong is told by the promises; unheard, it would end the process.
    request.on('error', () => {})
    request.end(body === undefined ? undefined : JSON.stringify(body))
    const [response] = await once(request, 'response')
    return { url, answer: await readAnswer(response) }
  } catch (error) {
    if (error instanceof MonError) throw error
    return { url, answer: null }
  }
}

/** A host that listens on every network is on this machine, too. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

/**
 * The token is for the host alone, which shows the very certificate of its configuration: whether
 * that is valid, and for which names, does not matter here.
 */
async function secureConnection(address: ListenAddress, { cert, files }: Tls, signal: AbortSignal) {
  const socket = connect({ ...address, rejectUnauthorized: false })
  signal.addEventListener('abort', () => socket.destroy(signal.reason))
  await once(socket, 'secureConnect')
  const shown = socket.getPeerX509Certificate()
  if (shown?.fingerprint256 === new X509Certificate(cert).fingerprint256) {
    return { createConnection: () => socket }
  }
  socket.destroy()
  throw new MonError(
    'CONFIG_INVALID',
    `${formatListen(address)} shows another certificate than ${files.cert_file}.`,
    { hint: 'Where it was renewed just now, wait a minute: a running host takes it by itself.' },
  )
}

async function readAnswer(response: IncomingMessage): Promise<HostAnswer['answer']> {
  const said = await text(response)
  return { status: response.statusCode ?? 0, body: parse(said) }
}

function parse(said: string): unknown {
  try {
    return JSON.parse(said)
  } catch {
    return null
  }
}

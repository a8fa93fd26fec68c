import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { Ajv } from 'ajv'
import { formatListen, type ListenAddress } from '../config/listen.js'
import { MonError } from '../errors.js'
import type { Tls } from '../http/tls.js'
import { type AccessConfig, resolveAccess } from './access.js'
import { HealthReport, HealthStatus } from './health.js'

const ANSWER_LIMIT_MS = 5_000

/** What the host of a configuration says, where it runs. */
export interface AskedHost {
  /** Where it was asked. */
  url: string
  /** Null where no host answers; `locked` where it shows more than its status to others only. */
  report: HealthReport | 'locked' | null
}

/**
 * Asks the host that this configuration is for, at its own address and with its own token.
 * @throws MonError that says why it cannot be asked
 */
export async function askHealth(config: AccessConfig): Promise<AskedHost> {
  const { address, token, tls } = await resolveAccess(config)
  const own = { ...address, host: reachable(address.host) }
  const url = `${tls === null ? 'http' : 'https'}://${formatListen(own)}`
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
  try {
    const request = get({
      ...own,
      path: '/healthz',
      headers: { host: formatListen(own), ...(token && { authorization: `Bearer ${token}` }) },
      signal,
      ...(tls && (await secureConnection(own, tls, signal))),
    })
    // What goes wrong is told by the promises; unheard, it would end the process.
    request.on('error', () => {})
    const [response] = await once(request, 'response')
    return { url, report: await readReport(response) }
  } catch (error) {
    if (error instanceof MonError) throw error
    return { url, report: null }
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

async function readReport(response: IncomingMessage): Promise<AskedHost['report']> {
  const answer: unknown = JSON.parse(await text(response))
  const ajv = new Ajv()
  if (ajv.validate<HealthReport>(HealthReport, answer)) return answer
  return ajv.validate(HealthStatus, answer) ? 'locked' : null
}

import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { realIdentity } from './bounds.js'
import type { Plan } from './preflight.js'
import { startRun } from './ssh/start-run.js'
import type { Failure } from './tunnel/failure.js'
import { failureOf } from './tunnel/failures.js'
import type { ProbeOutcome } from './tunnel/run-events.js'

const CONNECT_LIMIT_MS = 5_000
const LOGIN_LIMIT_MS = 30_000
const END_GRACE_MS = 2_000

/** Whether the ssh port of the centre can be reached from here. */
export async function tryConnection({ config }: Plan): Promise<Failure | null> {
  const { center_ssh_host: host, center_ssh_port: port } = config
  const socket = connect({ host, port, timeout: CONNECT_LIMIT_MS })
  try {
    await Promise.race([
      once(socket, 'connect'),
      once(socket, 'timeout').then(() => {
        throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })
      }),
    ])
    return null
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return failureOf(codes[code] ?? 'NETWORK_UNREACHABLE', config)
  } finally {
    socket.destroy()
  }
}

const codes: Partial<Record<string, 'SSHD_DOWN' | 'CONNECT_TIMEOUT' | 'DNS_FAILED'>> = {
  ECONNREFUSED: 'SSHD_DOWN',
  ETIMEDOUT: 'CONNECT_TIMEOUT',
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
}

/**
 * Makes the whole way once, by an ssh of its own on a free port, beside a tunnel that may be up: logs in, and asks
 * the proxy at the other end.
 */
export async function tryTunnel(plan: Plan): Promise<Failure | null> {
  const identity_file = await realIdentity(plan.config.identity_file)
  if (identity_file === null) return failureOf('KEY_MISSING', plan.config)
  const config = { ...plan.config, server_listen_port: await freePort() }
  const pidFile = { write: () => {}, clear: () => {} }
  const run = startRun({ ...plan, config, identity_file, pidFile, onRefusal: () => {} })
  const over = new AbortController()
  try {
    return await Promise.race([run.ended, follow()])
  } finally {
    over.abort()
    run.end(END_GRACE_MS)
    await run.ended
  }

  async function follow(): Promise<Failure | null> {
    for (let waited = 0; waited < LOGIN_LIMIT_MS; waited += 100) {
      if (await run.isListening()) return failureIn(await run.probe(over.signal))
      await sleep(100, undefined, { signal: over.signal }).catch(() => undefined)
      if (over.signal.aborted) return null
    }
    return failureOf('CONNECT_TIMEOUT', plan.config)
  }
}

function failureIn(outcome: ProbeOutcome): Failure | null {
  if (outcome.kind === 'answer') return null
  return outcome.kind === 'refusal' ? outcome.failure : outcome.hung
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

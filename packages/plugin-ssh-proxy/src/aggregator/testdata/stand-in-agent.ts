import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { ProxyConfig } from '../../proxy-config.js'
import type { ProxyState, ProxyStatus } from '../../proxy-status.js'

/** What an agent may be asked, and was. */
export interface Asked {
  action: 'start' | 'stop'
  body: unknown
}

/** An agent on loopback, without an ssh: its tunnel is what a test says it is. */
export interface StandInAgent {
  url: string
  /** How the tunnel fares; `start` and `stop` change it, too. */
  tunnel: ProxyStatus
  /** In this order. */
  asked: Asked[]
  /** With this it answers every start and stop. */
  refusal: { status: number; code: string; detail: string; hint: string } | null
  /** Without the plugin nothing answers at `/v1/proxy`. */
  hasPlugin: boolean
  /** What it answers at `/v1/proxy/status`, where it is not the status. */
  answer: unknown
  /** It closes every connection without an answer. */
  isGone: boolean
  /** Starts and stops are not answered before this has resolved. */
  held: Promise<void>
  /** How many starts and stops were under way at the same time, at most. */
  most: number
  stop(): Promise<void>
}

export async function startStandInAgent(status: ProxyState = 'stopped'): Promise<StandInAgent> {
  let busy = 0
  const server = createServer(async (request, response) => {
    const { tunnel, refusal, hasPlugin, asked } = agent
    const send = (body: unknown, code = 200, type = 'application/json') =>
      response.writeHead(code, { 'content-type': type }).end(JSON.stringify(body))
    const problem = (code: number, body: object) => send(body, code, 'application/problem+json')
    if (agent.isGone) return request.socket.destroy()
    if (request.url === '/v1/snapshot') return send(snapshot(hasPlugin ? tunnel : null))
    const [, action] = /^\/v1\/proxy\/(start|stop|status)$/.exec(request.url ?? '') ?? []
    if (!hasPlugin || action === undefined) {
      return problem(404, { code: 'ROUTE_NOT_FOUND', detail: 'There is nothing.' })
    }
    if (action === 'status') return send(agent.answer ?? tunnel)
    const body = await bodyOf(request)
    asked.push({ action: action === 'start' ? 'start' : 'stop', body })
    busy += 1
    agent.most = Math.max(agent.most, busy)
    // Long enough that whoever asks in parallel is seen to.
    await new Promise((resolve) => setTimeout(resolve, 20))
    await agent.held
    busy -= 1
    if (refusal !== null) return problem(refusal.status, refusal)
    agent.tunnel = { ...tunnelOf(action === 'start' ? 'starting' : 'stopped'), events: [] }
    return send(agent.tunnel)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const agent: StandInAgent = {
    url: `http://127.0.0.1:${address.port}`,
    tunnel: tunnelOf(status),
    asked: [],
    refusal: null,
    hasPlugin: true,
    answer: null,
    isGone: false,
    held: Promise.resolve(),
    most: 0,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return agent
}

/** A status as the agent gives it, of a tunnel in this state for so many seconds. */
export function tunnelOf(status: ProxyState, since_s = 300): ProxyStatus {
  const now = Math.floor(Date.now() / 1000)
  const since = now - since_s
  const isThrough = status === 'connected' || status === 'degraded'
  return {
    status,
    pid: isThrough ? 4711 : null,
    listen_port: status === 'stopped' ? null : 8080,
    target: status === 'stopped' ? null : 'tunnel@10.0.0.2:22 → 127.0.0.1:7879',
    last_error: errors[status] ? { ...errors[status], at: since } : null,
    connected_since: isThrough ? since : null,
    retry_count: status === 'reconnecting' ? 5 : 0,
    next_retry_at: status === 'reconnecting' ? now + 25 : null,
    healthy_since: status === 'connected' ? since : null,
    probe: isThrough ? { ok: status === 'connected', ms: 4, at: now } : null,
    events: [
      { at: since - 60, status: 'starting', code: null, message: 'ssh is started.' },
      { at: since - 59, status: 'connected', code: null, message: 'The proxy answers.' },
      { at: since, status, code: errors[status]?.code ?? null, message: `Now ${status}.` },
    ],
  }
}

const errors: Partial<Record<ProxyState, { code: string; message: string; hint: string }>> = {
  degraded: {
    code: 'PROXY_DOWN',
    message: 'Nothing answers at 127.0.0.1:7879 on the centre.',
    hint: 'Start the proxy on the centre.',
  },
  reconnecting: {
    code: 'SSHD_DOWN',
    message: 'ssh: connect to host 10.0.0.2 port 22: Connection refused',
    hint: 'Start sshd on the centre, or correct center_ssh_port.',
  },
  failed: {
    code: 'KEY_PERMS',
    message: '/home/op/.ssh/id_ed25519 has mode 0644.',
    hint: 'chmod 600 /home/op/.ssh/id_ed25519',
  },
}

export function sampleConfig(changes: Partial<ProxyConfig> = {}): ProxyConfig {
  return {
    enabled: true,
    server_listen_port: 8080,
    center_proxy_port: 7879,
    center_ssh_host: '10.0.0.2',
    center_ssh_port: 22,
    center_ssh_user: 'tunnel',
    identity_file: '/home/op/.ssh/id_ed25519',
    strict_host_key_checking: true,
    auto_start: true,
    ...changes,
  }
}

function snapshot(tunnel: ProxyStatus | null) {
  const { events: _events, ...brief } = tunnel ?? { events: [] }
  return {
    ts: Math.floor(Date.now() / 1000),
    hostname: 'gpu-01',
    agent_version: '1.1.0',
    ...(tunnel !== null && {
      proxy: brief,
      proxy_status: tunnel.status,
      proxy_up: tunnel.status === 'stopped' ? null : Number(tunnel.status === 'connected'),
      proxy_retries: tunnel.retry_count,
      proxy_probe_s: tunnel.probe === null ? null : tunnel.probe.ms / 1000,
    }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? undefined : JSON.parse(text)
}

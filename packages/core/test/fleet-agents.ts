// 200 agents in one process, each at a port of its own: node fleet-agents.ts
// Each message tells the manners of all; the answer says what was asked of them since the one before.
import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { gzipSync } from 'node:zlib'

export type Manner =
  | 'healthy'
  | 'slow'
  | 'dead'
  | 'mute'
  | 'not HTTP'
  | 'not JSON'
  | 'oversized'
  | 'trickling'
  | 'redirecting'
  | 'a gzip bomb'
  | 'closing in mid-answer'

export interface FleetCounts {
  seconds: number
  /** For how long this process itself could not run: the machine is busy. */
  stalled_ms: number
  /** In the order of the manners. */
  agents: { port: number; polls: number; longest_gap_ms: number }[]
}

interface Agent {
  manner: Manner
  server: Server
  port: number
  sockets: Set<Socket>
  polls: number
  last: number
  longest_gap_ms: number
}

const [snapshot = ''] = process.argv.slice(2)
const huge = JSON.stringify({ ...JSON.parse(snapshot), ballast: 'x'.repeat(2 * 2 ** 20) })
const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '))
const json = { 'content-type': 'application/json' }

const answers: Partial<Record<Manner, RequestListener>> = {
  healthy: (_, response) => response.writeHead(200, json).end(snapshot),
  slow(request, response) {
    const seconds = 3 + ((request.socket.localPort ?? 0) % 7)
    setTimeout(() => response.writeHead(200, json).end(snapshot), seconds * 1000)
  },
  'not JSON': (_, response) => response.writeHead(200, json).end('<h1>It works!</h1>'),
  oversized: (_, response) => response.writeHead(200, json).end(huge),
  trickling(_, response) {
    const bytes = snapshot[Symbol.iterator]()
    const timer = setInterval(() => response.write(bytes.next().value ?? ' '), 50)
    response.on('close', () => clearInterval(timer))
  },
  redirecting: (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'a gzip bomb': (_, response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb),
  'closing in mid-answer'(_, response) {
    response.writeHead(200, { ...json, 'content-length': snapshot.length })
    response.write(snapshot.slice(0, 100), () => response.destroy())
  },
}

const agents: Agent[] = []
const delay = monitorEventLoopDelay({ resolution: 20 })
delay.enable()
let since = performance.now()

const http = createHttpServer((request, response) => {
  const agent = agents.find(({ port }) => port === request.socket.localPort)
  if (agent === undefined) return
  note(agent)
  agent.polls += 1
  answers[agent.manner]?.(request, response)
})
// The aggregator breaks off, and so may we.
http.on('clientError', (_, socket) => socket.destroy())

process.on('message', async (manners: Manner[]) => {
  for (const [index, manner] of manners.entries()) {
    agents[index] ??= await createAgent()
    await turn(agents[index], manner)
  }
  const counts = count()
  process.send?.(counts)
})
process.on('disconnect', () => process.exit())

/**
 * Not a port that the system picks: it may give that of a dead agent to somebody else. These are
 * below those that it gives, and other for each process.
 */
let nextPort = 10_000 + ((process.pid * 211) % 20_000)

async function createAgent(): Promise<Agent> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    if (agent.manner === 'not HTTP') socket.write('SSH-2.0-OpenSSH_9.6\r\n')
    else http.emit('connection', socket)
  })
  const agent: Agent = {
    manner: 'healthy',
    server,
    port: nextPort,
    sockets,
    polls: 0,
    last: performance.now(),
    longest_gap_ms: 0,
  }
  while (!(await listens(agent))) agent.port += 1
  nextPort = agent.port + 1
  return agent
}

/** False where somebody else listens at its port. */
async function listens({ server, port }: Agent): Promise<boolean> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening')
    return true
  } catch {
    return false
  }
}

/** As one that is restarted: what was open is closed. */
async function turn(agent: Agent, manner: Manner): Promise<void> {
  if (agent.manner === manner) return
  agent.manner = manner
  if (manner === 'dead') agent.server.close()
  else if (!agent.server.listening) await listens(agent)
  for (const socket of agent.sockets) socket.destroy()
}

function note(agent: Agent): void {
  const now = performance.now()
  agent.longest_gap_ms = Math.max(agent.longest_gap_ms, now - agent.last)
  agent.last = now
}

function count(): FleetCounts {
  const now = performance.now()
  for (const agent of agents) note(agent)
  const counts = {
    seconds: (now - since) / 1000,
    stalled_ms: delay.max / 1e6,
    agents: agents.map(({ port, polls, longest_gap_ms }) => ({ port, polls, longest_gap_ms })),
  }
  for (const agent of agents) Object.assign(agent, { polls: 0, longest_gap_ms: 0 })
  since = now
  delay.reset()
  return counts
}

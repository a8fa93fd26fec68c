import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A real HTTP server on loopback that answers as the test says. */
export interface LoopbackAgent {
  base_url: string
  /** What was asked so far, oldest first. */
  requests: IncomingMessage[]
  /** How many connections were opened so far. */
  connections(): number
  /** From now on it answers so. */
  answer(listener: RequestListener): void
  /** Resolves with the next request, when it is there. */
  nextRequest(): Promise<[IncomingMessage, ServerResponse]>
  stop(): Promise<void>
}

export async function startLoopbackAgent(listener: RequestListener): Promise<LoopbackAgent> {
  let answer = listener
  let connections = 0
  const requests: IncomingMessage[] = []
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    requests.push(request)
    answer(request, response)
  })
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(stop)
  return {
    base_url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    connections: () => connections,
    answer(next) {
      answer = next
    },
    async nextRequest() {
      const [request, response] = await once(server, 'request')
      return [request, response]
    },
    stop,
  }

  async function stop(): Promise<void> {
    server.closeAllConnections()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
}

/** An address at which nothing listens. */
export async function refusedAddress(): Promise<string> {
  const agent = await startLoopbackAgent(() => {})
  await agent.stop()
  return agent.base_url
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export function json(body: unknown, status = 200, type = 'application/json'): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
  }
}

export function problem(status: number, code: string, detail: string, hint?: string) {
  return json({ status, code, detail, hint }, status, 'application/problem+json; charset=utf-8')
}

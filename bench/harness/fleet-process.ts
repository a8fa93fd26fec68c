import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/**
 * Many servers in one process, each on a port of its own, answering whole requests with bytes
 * made beforehand: the fleet must cost little beside the one who asks it.
 *
 * Told how many by its argument, it sends their ports; then it is sent the answers, and sends
 * how often each was given whenever it is sent anything else.
 */
export interface Answer {
  /** What follows `GET /`, one character. */
  letter: string
  /** Given in turn, so that figures change. */
  bodies: string[]
}

interface Replies {
  buffers: Buffer[]
  given: number
}

const [targets] = process.argv.slice(2)
const replies = new Map<number, Replies>()

const ports = []
for (let target = 0; target < Number(targets); target += 1) {
  const server = createServer({ noDelay: true }, serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address === 'object' && address !== null) ports.push(address.port)
}
process.send?.({ ports })

process.once('message', (answers: Answer[]) => {
  for (const { letter, bodies } of answers) {
    replies.set(letter.charCodeAt(0), { buffers: bodies.map(toReply), given: 0 })
  }
  process.on('message', () => {
    const counts = [...replies].map(([code, { given }]) => [String.fromCharCode(code), given])
    process.send?.(Object.fromEntries(counts))
  })
})
process.on('disconnect', () => process.exit())

function serve(socket: Socket): void {
  socket.on('data', (request) => {
    const reply = replies.get(request[5] ?? 0)
    if (reply === undefined) return
    const bytes = reply.buffers[reply.given % reply.buffers.length]
    reply.given += 1
    if (bytes !== undefined) socket.write(bytes)
  })
  socket.on('error', () => socket.destroy())
}

function toReply(body: string): Buffer {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain; version=0.0.4'
  const length = Buffer.byteLength(body)
  return Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`,
  )
}

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

/** Clients of the routes, in a process of their own so that only the server is measured. */
export interface Client {
  /** Asks once; how long it took to the last byte, milliseconds, and how many came. */
  ask(path: string, gzip: boolean): Promise<{ ms: number; bytes: number }>
  /** Opens so many event streams, and resolves when each has its fleet. */
  follow(readers: number, gzip: boolean): Promise<void>
  /** The bytes that all streams have got since this was last asked, when each has got some. */
  received(): Promise<number>
  close(): void
}

type Order =
  | { do: 'ask'; path: string; gzip: boolean }
  | { do: 'follow'; readers: number; gzip: boolean }
  | { do: 'received' }

export function openClient(url: string): Client {
  const child = fork(fileURLToPath(import.meta.url), [url])
  async function order<Answer>(order: Order): Promise<Answer> {
    child.send(order)
    const [answer] = await once(child, 'message')
    return answer
  }
  return {
    ask: (path, gzip) => order({ do: 'ask', path, gzip }),
    follow: (readers, gzip) => order({ do: 'follow', readers, gzip }),
    received: () => order({ do: 'received' }),
    close: () => void child.kill(),
  }
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const { hostname, port } = new URL(process.argv[2] ?? '')
  const received: number[] = []

  /** Raw sockets: what a hundred readers cost here must not slow down the server beside them. */
  const open = (path: string, gzip: boolean, onData: (bytes: Buffer) => void) => {
    const accept = gzip ? 'accept-encoding: gzip\r\n' : ''
    const socket = connect(Number(port), hostname)
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n${accept}\r\n`)
    socket.on('data', onData)
    return socket
  }

  /** When every reader has got something and then nothing for a while. */
  const settled = async (readers: number) => {
    let before = -1
    const sum = () => received.reduce((total, bytes) => total + bytes, 0)
    while (received.filter((bytes) => bytes > 0).length < readers || sum() !== before) {
      before = sum()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    received.fill(0)
    return before
  }

  process.on('message', async (order: Order) => {
    switch (order.do) {
      case 'ask': {
        const begun = performance.now()
        let bytes = 0
        const socket = open(order.path, order.gzip, (data) => {
          bytes += data.length
        })
        await once(socket, 'close')
        return process.send?.({ ms: performance.now() - begun, bytes })
      }
      case 'follow':
        for (let index = 0; index < order.readers; index += 1) {
          received[index] = 0
          open('/api/stream', order.gzip, (data) => {
            received[index] = (received[index] ?? 0) + data.length
          })
        }
        return process.send?.(await settled(order.readers))
      case 'received':
        return process.send?.(await settled(received.length))
    }
  })
}

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { openClient } from './serving/client.js'
import { serveFleet } from './serving/fleet.js'
import { costOf, cpuOf, describe, median } from './serving/measure.js'

/**
 * What one tick of `GET /api/stream` costs: with 1,000 servers polled every 5 s, 50 have changed
 * after 250 ms. Beside it what each reader's own JSON.stringify would cost, before any byte is sent.
 */
const SERVERS = 1000
const READERS = 100
const ticks = [
  { name: 'tick', changed: 50, rounds: 40 },
  { name: 'worst tick', changed: SERVERS, rounds: 10 },
]

const fleet = await serveFleet(SERVERS)

for (const { name, changed } of ticks) {
  fleet.answer(fleet.ids)()
  const cpu_ms = await cpuOf(() => {
    for (let reader = 0; reader < READERS; reader += 1) {
      JSON.stringify(fleet.ids.slice(0, changed).map((id) => fleet.servers.view(id, 'summary')))
    }
  })
  console.log(`${name}, JSON.stringify for each of ${READERS} readers: ${cpu_ms.toFixed(0)} ms`)
}

/** The kernel's part, which nothing can undercut: as many bytes, written to as many bare sockets. */
async function writeBare(bytes: number, rounds: number): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    socket.write('ready')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = openClient(`http://127.0.0.1:${typeof address === 'object' && address?.port}`)
  await client.follow(READERS, false)
  const frame = Buffer.alloc(bytes, 'x')
  const cost = await costOf(rounds, () => {
    const received = client.received()
    return () => {
      for (const socket of sockets) socket.write(frame)
      return received
    }
  })
  client.close()
  server.close()
  return `${cost.cpu_ms.toFixed(2)} ms for ${READERS} bare writes`
}

for (const gzip of [false, true]) {
  const client = openClient(fleet.url)
  await client.follow(READERS, gzip)
  for (const { name, changed, rounds } of ticks) {
    const bytes: number[] = []
    let round = 0
    const cost = await costOf(rounds, () => {
      const from = (round * changed) % SERVERS
      round += 1
      const change = fleet.answer(fleet.ids.slice(from, from + changed))
      const received = client.received()
      return async () => {
        change()
        bytes.push((await received) / READERS)
      }
    })
    const size = Math.round(median(bytes))
    const what = `${name}, ${gzip ? 'gzip' : 'plain'}`
    const bare = await writeBare(size, rounds)
    console.log(`${what}: ${describe(cost)}, ${(size / 1000).toFixed(1)} kB for each; ${bare}`)
  }
  client.close()
}
await fleet.close()

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
  { name: 'tick', changed: 50, rounds: 25 },
  { name: 'worst tick', changed: SERVERS, rounds: 7 },
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
      return async () => {
        change()
        bytes.push((await client.received()) / READERS)
      }
    })
    const kilobytes = (median(bytes) / 1000).toFixed(1)
    const what = `${name}, ${gzip ? 'gzip' : 'plain'}`
    console.log(`${what}: ${describe(cost)}, ${kilobytes} kB for each reader`)
  }
  client.close()
}
await fleet.close()

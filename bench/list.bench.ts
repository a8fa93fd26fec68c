import { openClient } from './serving/client.js'
import { serveFleet } from './serving/fleet.js'
import { costOf, describe, median } from './serving/measure.js'

/**
 * What `GET /api/servers` costs, beside one JSON.stringify of the same. Polled every 5 s, all have
 * changed for who asks every 5 s, a fifth for who asks every second.
 */
const SERVERS = 1000
const ROUNDS = 20

const fleet = await serveFleet(SERVERS)
const client = openClient(fleet.url)

const stringify = await costOf(ROUNDS, () => {
  fleet.answer(fleet.ids)()
  return () => JSON.stringify(fleet.servers.list())
})
console.log(`JSON.stringify of ${SERVERS} servers: ${stringify.cpu_ms.toFixed(2)} ms`)

for (const path of ['/api/servers', '/api/servers?view=summary']) {
  for (const gzip of [false, true]) {
    for (const changed of [SERVERS, SERVERS / 5, 0]) {
      const answers: { ms: number; bytes: number }[] = []
      const cost = await costOf(ROUNDS, () => {
        fleet.answer(fleet.ids.slice(0, changed))()
        return async () => answers.push(await client.ask(path, gzip))
      })
      const ms = median(answers.map(({ ms }) => ms)).toFixed(1)
      const kilobytes = Math.round(median(answers.map(({ bytes }) => bytes)) / 1000)
      const name = `${path} ${gzip ? 'gzip' : 'plain'}, ${changed} changed`
      console.log(`${name}: ${describe(cost)}, ${ms} ms for the client, ${kilobytes} kB`)
    }
  }
}
client.close()
await fleet.close()

import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import SQLite from 'better-sqlite3'
import { type Calls, callsOf, percentile } from './history/calls.js'
import { BEGIN, fillHistory } from './history/database.js'
import { upsertHours } from './history/upsert.js'
import { openClient } from './serving/client.js'

/**
 * Every aim of the history beside its number: 1,000 servers and a year, 8.76 million rows. CPU is that
 * of all threads, `main` that of the one that serves; the client is a process of its own.
 */
const SERVERS = 1000
const HOURS = 8760
const DAY = 24 * 3600
const END = BEGIN + HOURS * 3600

let started = performance.now()
const history = await fillHistory(SERVERS, HOURS)
const seconds = () => ((performance.now() - started) / 1000).toFixed(0)
const megabytes = statSync(history.file).size / 1e6
console.log(`${history.rows} rows, ${megabytes.toFixed(0)} MB, filled in ${seconds()} s`)
const client = openClient(history.url)
const path = '/api/history/hourly'
const ask = (query: string) => client.ask(`${path}?${query}`, false)

/** A page that nobody has asked for yet. */
let distinct = 0
const page = (offset: number) => {
  distinct += 1
  return ask(`to=${END - 3600 * distinct}&limit=1000&offset=${offset}`)
}
const cursorAt = (depth: number) =>
  Buffer.from(JSON.stringify([null, END - 3600 * (depth / SERVERS), 1])).toString('base64url')
const keyset = (depth: number) => {
  distinct += 1
  return ask(
    `to=${END - 3600 * (distinct % 24)}&limit=1000&after=${cursorAt(depth + distinct * 1000)}`,
  )
}
await page(0)

// 1. A page of 1,000 rows, beside what must be done at least.
const deep = 700_000
const first = await callsOf(30, () => keyset(1000))
const answer = await (await fetch(`${history.url}${path}?limit=1000`)).arrayBuffer()
const bytes = Buffer.from(answer)
const bare = createServer((_, response) => void response.end(bytes)).listen(0, '127.0.0.1')
await once(bare, 'listening')
const address = bare.address()
const port = typeof address === 'object' ? address?.port : 0
const bareClient = openClient(`http://127.0.0.1:${port}`)
await bareClient.ask('/', false)
const floor = await callsOf(30, () => bareClient.ask('/', false))
const closed = `to=${BEGIN + 100 * 3600}&limit=1000`
await ask(closed)
const repeated = await callsOf(30, () => ask(closed))
const raw = new SQLite(history.file, { readonly: true })
const objects = raw.prepare('SELECT * FROM samples_hourly WHERE ts < ? ORDER BY ts DESC LIMIT 1000')
const stringify = await callsOf(30, async () => {
  distinct += 1
  JSON.stringify(objects.all(END - 3600 * distinct))
})
show('1 keyset page of 1,000 rows', first, 'CPU ≤ 6 ms')
show('  pre-serialised buffer', floor)
show('  better-sqlite3 and JSON.stringify on main, no HTTP', stringify)
console.log(`  of the buffer: ${ratio(first, floor)} (≤ 25)`)
show('  the same page again', repeated)
console.log(`  of the buffer: ${ratio(repeated, floor)} (≤ 2)`)

// 2. and 3. Depth.
const deepPage = await callsOf(30, () => keyset(deep))
show('2 keyset page at depth 700,000', deepPage)
console.log(`  of page 1: ${ratio(deepPage, first)} (≤ 1.5)`)
show('3 offset 700,000', await callsOf(5, () => page(deep)), 'CPU ≤ 100 ms')

// 7. and 8. Sorts and charts.
const sorted = (days: number) => () => {
  distinct += 1
  return ask(
    `from=${END - days * DAY - distinct * 3600}&to=${END - distinct * 3600}&sort=cpu_pct_max&limit=1000`,
  )
}
show('7 metric sort over 30 days', await callsOf(5, sorted(30)), 'CPU ≤ 200 ms')
show('  over a year', await callsOf(2, sorted(360)))
const series = (days: number) => () => {
  distinct += 1
  return client.ask(
    `/api/history/series?server_id=${(distinct % SERVERS) + 1}&fields=cpu_pct_avg,cpu_pct_max&from=${END - days * DAY}&to=${END}`,
    false,
  )
}
await series(365)()
show('8 one server, 7 days', await callsOf(20, series(7)), 'CPU ≤ 1 ms in the reader')
show('  a year', await callsOf(20, series(365)), 'CPU ≤ 50 ms')

// 6. What is written.
const upsert = await upsertHours(SERVERS)
console.log(
  `6 upsert of an hour of ${SERVERS} servers: ${upsert.statement_ms.toFixed(1)} ms CPU (≤ 50)`,
)
console.log(
  `  with all it takes to go on after a crash: ${upsert.whole_ms.toFixed(1)} ms, main ${upsert.main_ms.toFixed(1)} ms`,
)

// 5. An export of 30 days of all servers; 4. and 9. what it does to the others.
const live = async (calls: number) => {
  const times: number[] = []
  for (let call = 0; call < calls; call += 1)
    times.push((await client.ask('/api/servers', false)).ms)
  return percentile(times, 0.99)
}
await live(50)
const quiet = await live(300)
const delay = monitorEventLoopDelay({ resolution: 1 })
const exporter = openClient(history.url)
const before = {
  all: process.cpuUsage(),
  main: process.threadCpuUsage(),
  rss: process.memoryUsage(),
}
let most = 0
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().arrayBuffers - before.rss.arrayBuffers)
}, 250)
started = performance.now()
delay.enable()
const exported = await exporter.ask(`/api/history/hourly.csv?from=${END - 30 * DAY}`, false)
delay.disable()
clearInterval(watch)
const all = process.cpuUsage(before.all)
const main = process.threadCpuUsage(before.main)
const rows = 30 * 24 * SERVERS
const cpu = (all.user + all.system) / 1e6
console.log(
  `5 export of ${rows} rows, ${(exported.bytes / 1e6).toFixed(0)} MB: ${(rows / cpu / 1000).toFixed(0)}k rows per CPU second (≥ 150k), ${(most / 1e6).toFixed(1)} MB in flight at most (≤ 2)`,
)
console.log(
  `4 main thread during it: ${((main.user + main.system) / 1000).toFixed(0)} ms in ${seconds()} s; the loop was late by ${(delay.percentile(99) / 1e6).toFixed(1)} ms at p99, ${(delay.max / 1e6).toFixed(1)} at most (timer of 1 ms)`,
)
const sorter = openClient(history.url)
const busy = Promise.all([
  exporter.ask(`/api/history/hourly.csv?from=${END - 60 * DAY}`, false),
  sorter.ask(`${path}?sort=mem_pct_max&limit=1000`, false),
])
const during = await live(300)
console.log(
  `9 GET /api/servers at p99: ${quiet.toFixed(1)} ms, beside an export and a sort over a year ${during.toFixed(1)} ms (≤ 2 times)`,
)
await busy
for (const each of [client, bareClient, exporter, sorter]) each.close()
bare.close()
raw.close()
await history.stop()

// 2. The same beside a small database.
const small = await fillHistory(SERVERS, 24)
const smallClient = openClient(small.url)
let hour = 0
const smallPage = await callsOf(20, () => {
  hour += 1
  return smallClient.ask(`${path}?limit=1000&to=${BEGIN + (24 - (hour % 20)) * 3600}`, false)
})
show('2 keyset page of 24,000 rows', smallPage)
console.log(`  8.76 million rows, of that: ${ratio(first, smallPage)} (≤ 1.5)`)
smallClient.close()
await small.stop()

function show(name: string, { cpu_ms, main_ms, wall_ms }: Calls, aim = ''): void {
  const figures = `CPU ${cpu_ms.toFixed(2)} ms, main ${main_ms.toFixed(2)}, wall ${wall_ms.toFixed(1)}`
  console.log(`${name}: ${figures}${aim && ` (${aim})`}`)
}

function ratio(a: Calls, b: Calls): string {
  return (a.cpu_ms / b.cpu_ms).toFixed(1)
}

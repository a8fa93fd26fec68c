import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { startAggregator } from './harness/aggregator.js'
import { figureOf, format, printAim, round } from './harness/figures.js'
import { type FleetPath, fleetPaths, startFleet } from './harness/fleet.js'
import { prometheus, startPeer, vmagent } from './harness/peers.js'
import type { Program } from './harness/program.js'

/**
 * What a poll costs the aggregator, beside what a scrape costs those who do the like. All ask the
 * same fleet at the same time for the same figures, each in the format it reads.
 */
const SERVERS = 1000
const INTERVAL_S = 5
const WARM_UP_S = 40
const ROUND_S = 20
const ROUNDS = 5

interface Contender {
  name: string
  asker: FleetPath
  program: Program
  rounds: number[]
}

if (process.platform === 'linux') await measure()
else console.log('only on Linux')

async function measure(): Promise<void> {
  const fleet = await startFleet(SERVERS)
  const sink = await startSink()
  const contenders = await startAll(fleet.ports, sink.url)

  await delay(WARM_UP_S * 1000)
  for (let round = 0; round < ROUNDS; round += 1) {
    const [before, cpuBefore] = [await fleet.counts(), contenders.map(cpuMs)]
    await delay(ROUND_S * 1000)
    const [after, cpuAfter] = [await fleet.counts(), contenders.map(cpuMs)]
    for (const [index, { asker, rounds }] of contenders.entries()) {
      const spent = Number(cpuAfter[index]) - Number(cpuBefore[index])
      rounds.push(spent / (after[asker] - before[asker]))
    }
  }

  report(contenders)
  for (const { program } of contenders) await program.stop()
  await fleet.stop()
  sink.close()
}

async function startAll(ports: readonly number[], sink: string): Promise<Contender[]> {
  const contenders: Contender[] = [
    {
      name: 'mon aggregator',
      asker: 'mon',
      program: await startAggregator(ports, { poll_interval_s: INTERVAL_S }),
      rounds: [],
    },
  ]
  const peers = [
    { asker: 'prometheus', peer: prometheus(ports, fleetPaths.prometheus, INTERVAL_S) },
    { asker: 'vmagent', peer: vmagent(ports, fleetPaths.vmagent, INTERVAL_S, sink) },
  ] as const
  for (const { asker, peer } of peers) {
    const program = await startPeer(peer)
    if (program !== undefined) contenders.push({ name: peer.name, asker, program, rounds: [] })
  }
  return contenders
}

/** Takes what vmagent writes and throws it away, as Prometheus and we do not write anywhere either. */
async function startSink() {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(204).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}/api/v1/write`, close: () => server.close() }
}

function cpuMs({ program }: Contender): number {
  return program.cost().cpu_ms
}

function report(contenders: Contender[]): void {
  console.log('name | CPU ms per poll, median (min–max) | RSS MB')
  for (const { name, rounds, program } of contenders) {
    console.log(`${name} | ${format(figureOf(rounds))} | ${round(program.cost().rss_mb)}`)
  }
  const [ours] = contenders
  const aims = [
    { asker: 'prometheus', must: 0.5, stretch: 0.15 },
    { asker: 'vmagent', must: 0.7, stretch: 0.3 },
  ]
  for (const { asker, must, stretch } of aims) {
    const peer = contenders.find((contender) => contender.asker === asker)
    if (peer === undefined || ours === undefined) continue
    const ratios = ours.rounds.map((ms, index) => ms / (peer.rounds[index] ?? Number.NaN))
    printAim(`CPU per poll, of ${peer.name}`, figureOf(ratios).median, must, stretch)
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import { ask } from './harness/ask.js'
import { type Figure, figureOf, format, printAim, round } from './harness/figures.js'
import { netdata, nodeExporter, nodeExporterSame, startPeer } from './harness/peers.js'
import { type Program, startMon } from './harness/program.js'

/**
 * What the agent costs its server, asked every 5 s as an aggregator asks it, beside the peers:
 * all run at the same time and are asked in turn. netdata samples by itself and is not asked.
 */
const INTERVAL_MS = 5000
const SAMPLES_PER_ROUND = 6
const ROUNDS = 4
const IDLE_MS = 30_000
/**
 * An agent runs for months. In its first four minutes V8 compiles, and collects twice what the
 * start has left, for some 50 ms each time.
 */
const WARM_UP_SAMPLES = 240

interface Contender {
  name: string
  program: Program
  path: string | null
  idle: number
  rounds: number[]
}

if (process.platform === 'linux') await measure()
else console.log('only on Linux')

async function measure(): Promise<void> {
  const contenders = await startAll()
  for (let sample = 0; sample < WARM_UP_SAMPLES; sample += 1) {
    await askAll(contenders)
    await delay(1000)
  }

  const idle = await cpuOver(contenders, () => delay(IDLE_MS))
  for (const [index, contender] of contenders.entries()) {
    contender.idle = ((idle[index] ?? 0) / IDLE_MS) * 1000
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const spent = await cpuOver(contenders, async () => {
      for (let sample = 0; sample < SAMPLES_PER_ROUND; sample += 1) {
        await Promise.all([delay(INTERVAL_MS), askAll(contenders)])
      }
    })
    for (const [index, contender] of contenders.entries()) {
      contender.rounds.push((spent[index] ?? 0) / SAMPLES_PER_ROUND)
    }
  }

  report(contenders)
  for (const { program } of contenders) await program.stop()
}

async function startAll(): Promise<Contender[]> {
  const ours = { name: 'mon agent', program: await startMon('agent'), path: '/v1/snapshot' }
  const others = [
    { peer: nodeExporterSame, path: '/metrics' },
    { peer: nodeExporter, path: '/metrics' },
    { peer: netdata, path: null },
  ]
  const peers = []
  for (const { peer, path } of others) {
    const program = await startPeer(peer)
    if (program !== undefined) peers.push({ name: peer.name, program, path })
  }
  return [ours, ...peers].map((contender) => ({ ...contender, idle: 0, rounds: [] }))
}

async function cpuOver(contenders: Contender[], work: () => Promise<unknown>): Promise<number[]> {
  const before = contenders.map(({ program }) => program.cost().cpu_ms)
  await work()
  return contenders.map(({ program }, index) => program.cost().cpu_ms - (before[index] ?? 0))
}

async function askAll(contenders: Contender[]): Promise<void> {
  for (const { program, path } of contenders) if (path !== null) await ask(program.url + path)
}

function report(contenders: Contender[]): void {
  const figures = new Map<string, Figure>()
  console.log('name | CPU ms per 5 s, median (min–max) | idle ms/s | RSS MB | anonymous MB')
  for (const { name, program, rounds, idle } of contenders) {
    const figure = figureOf(rounds)
    figures.set(name, figure)
    const { rss_mb, anon_mb } = program.cost()
    console.log(
      `${name} | ${format(figure)} | ${round(idle)} | ${round(rss_mb)} | ${round(anon_mb)}`,
    )
  }

  const [ours] = contenders
  if (ours === undefined) return
  const { rss_mb, anon_mb } = ours.program.cost()
  const ratioTo = (peer: { name: string }) => {
    const other = contenders.find(({ name }) => name === peer.name)
    return figureOf(ours.rounds.map((ms, index) => ms / (other?.rounds[index] ?? Number.NaN)))
      .median
  }
  printAim('CPU, of node_exporter with the same metrics', ratioTo(nodeExporterSame), 0.65, 0.45)
  printAim('CPU, of node_exporter default', ratioTo(nodeExporter), 0.2, 0.1)
  printAim('CPU, of netdata default', ratioTo(netdata), 0.03, 0.015)
  printAim('RSS, MB', rss_mb, 60, 48)
  printAim('anonymous memory, MB', anon_mb, 16, 12)
  printAim('idle, ms/s', ours.idle, 0.05, 0)
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createExclusion } from '../packages/plugin-gpu-nvidia/src/agent/exclusion.js'
import { launch } from '../packages/plugin-gpu-nvidia/src/agent/nvml/launch-child.js'
import { createNvmlSource } from '../packages/plugin-gpu-nvidia/src/agent/nvml/nvml-source.js'
import { compileFakeDriver } from '../packages/plugin-gpu-nvidia/src/agent/nvml/testdata/fake-driver.js'
import { createPowerState } from '../packages/plugin-gpu-nvidia/src/agent/power-state.js'
import { createProcessDetails } from '../packages/plugin-gpu-nvidia/src/agent/processes/process-details.js'

/**
 * What a sweep of 8 cards costs beside the driver's own work (a stand-in answers), in this process
 * and in the child, beside spawning a process that does nothing, once per sample.
 */
const SAMPLES = 40
const INTERVAL_MS = 250

const built = fileURLToPath(
  new URL('../packages/plugin-gpu-nvidia/dist/nvml-child.js', import.meta.url),
)

if (process.platform === 'linux') {
  const driver = compileFakeDriver()
  Object.assign(process.env, driver.env)
  driver.play('count 8', 'processes 24 2')
  const source = createNvmlSource({
    launch: (skip) => launch([built], skip),
    power: createPowerState(),
    describe: createProcessDetails({ detail: 'basic', pids_known: true }),
    pids_known: true,
    exclusion: createExclusion([]),
    slow_interval_ms: 10_000,
    now: () => performance.now(),
  })
  const { cards } = await source.sample()
  const child = Number(readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8'))

  for (let warmUp = 0; warmUp < 20; warmUp += 1) await source.sample()
  const timer = await measure(
    async () => {},
    () => 0,
  )
  const sweep = await measure(
    () => source.sample(),
    () => onCpuMs(child),
  )
  const nothing = await measure(spawnNothing, reapedMs)
  console.log(`${cards.length} cards, one sweep per ${INTERVAL_MS} ms`)
  console.log(`the timer between two samples: ${timer.own_ms.toFixed(2)} ms, in each figure`)
  report('sweep', sweep, 'child')
  report('spawning /bin/true', nothing, 'it')
  console.log(`private memory of the child: ${(privateKb(child) / 1024).toFixed(1)} MB`)

  source.stop()
  driver.remove()
} else {
  console.log('only on Linux')
}

interface Cost {
  own_ms: number
  other_ms: number
}

/** CPU per sample: of this process, and of the one it asks. */
async function measure(sample: () => Promise<unknown>, other: () => number): Promise<Cost> {
  const before = { own: onCpuMs(process.pid), other: other() }
  for (let done = 0; done < SAMPLES; done += 1) {
    await sample()
    await sleep(INTERVAL_MS)
  }
  return {
    own_ms: (onCpuMs(process.pid) - before.own) / SAMPLES,
    other_ms: (other() - before.other) / SAMPLES,
  }
}

function report(name: string, { own_ms, other_ms }: Cost, other: string): void {
  const total = own_ms + other_ms
  console.log(
    `${name}: ${total.toFixed(2)} ms CPU (this process ${own_ms.toFixed(2)}, ${other} ${other_ms.toFixed(2)})`,
  )
}

async function spawnNothing(): Promise<void> {
  await once(spawn('/bin/true', { stdio: ['ignore', 'pipe', 'ignore'] }), 'close')
}

/** Time on a processor of all threads, to the nanosecond. */
function onCpuMs(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const spent = (task: string) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
  return tasks.reduce((total, task) => total + spent(task), 0) / 1e6
}

/** The same of children that have ended, in steps of 10 ms. */
function reapedMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

function privateKb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const lines = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)]
  return lines.reduce((total, [, kb]) => total + Number(kb), 0)
}

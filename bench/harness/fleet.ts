import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer } from './fleet-process.js'
import { expositionOf, gpuSnapshot } from './gpu-snapshot.js'
import { end, startModule } from './program.js'

/** Servers with eight GPUs each, on loopback. */
export interface Fleet {
  ports: readonly number[]
  /** How often it was asked so far, by who asks: each has a path of its own. */
  counts(): Promise<Record<FleetPath, number>>
  stop(): Promise<void>
}

/** What JSON is read by, and what Prometheus' format. */
export type FleetPath = keyof typeof fleetPaths
export const fleetPaths = { mon: '/v1/snapshot', prometheus: '/prometheus', vmagent: '/metrics' }

/** A process has a limit of open files, and each server takes one to listen and one for each who asks. */
const SERVERS_PER_PROCESS = 4000
const TURNS = 16

export async function startFleet(size: number): Promise<Fleet> {
  const parts: { child: ChildProcess; ports: number[] }[] = []
  for (let left = size; left > 0; left -= SERVERS_PER_PROCESS) {
    parts.push(await startPart(Math.min(left, SERVERS_PER_PROCESS)))
  }
  return {
    ports: parts.flatMap(({ ports }) => ports),
    async counts() {
      const all = await Promise.all(parts.map(({ child }) => countsOf(child)))
      const total = (path: string) =>
        all.reduce((sum, counts) => sum + (counts[path.charAt(1)] ?? 0), 0)
      return {
        mon: total(fleetPaths.mon),
        prometheus: total(fleetPaths.prometheus),
        vmagent: total(fleetPaths.vmagent),
      }
    },
    async stop() {
      await Promise.all(parts.map(({ child }) => end(child)))
    },
  }
}

async function startPart(size: number) {
  const file = fileURLToPath(new URL('fleet-process.ts', import.meta.url))
  const { child, message } = await startModule(file, [String(size)])
  const ports: number[] = Object(message).ports
  child.send(answers)
  return { child, ports }
}

async function countsOf(child: ChildProcess): Promise<Record<string, number>> {
  child.send('counts')
  const [counts] = await once(child, 'message')
  return counts
}

const snapshots = Array.from({ length: TURNS }, (_, turn) => gpuSnapshot(turn))
const answers: Answer[] = Object.entries(fleetPaths).map(([asker, path]) => ({
  letter: path.charAt(1),
  bodies: snapshots.map((snapshot) =>
    asker === 'mon' ? JSON.stringify(snapshot) : expositionOf(snapshot),
  ),
}))

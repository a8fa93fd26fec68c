import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { GpuProcess } from '../../gpu-info.js'
import { containerOf } from './container-id.js'
import { createUserNames } from './user-names.js'

/** How much of a process is told: nothing, its program's name, or its whole command line. */
export type ProcessDetail = 'off' | 'basic' | 'full'

export interface ProcessDetailsOptions {
  detail: ProcessDetail
  /** Of /proc. */
  root?: string
  /** Whether the driver's pids are those of this /proc. */
  pids_known: boolean
}

type Details = Pick<GpuProcess, 'user' | 'command' | 'container'>

const MAX_COMMAND_LENGTH = 1000
const nothing: Details = { user: null, command: null, container: null }

/**
 * Says whose a process is. What cannot be told is null, and the process stays: it holds memory
 * of the card all the same.
 */
export function createProcessDetails({
  detail,
  pids_known,
  root = '/proc',
}: ProcessDetailsOptions): (process: Pick<GpuProcess, 'pid' | 'mem_used_mb'>) => GpuProcess {
  const nameOf = createUserNames()
  let cache = new Map<string, Details>()

  function read(pid: number): Details {
    const folder = join(root, String(pid))
    const user = attempt(() => nameOf(statSync(folder).uid))
    const command = attempt(() => commandOf(folder, detail))
    const container = attempt(() => containerOf(readFileSync(join(folder, 'cgroup'), 'utf8')))
    return { user, command, container }
  }

  function detailsOf(pid: number): Details {
    const started = attempt(() => startTime(readFileSync(join(root, String(pid), 'stat'), 'utf8')))
    if (started === null) return nothing
    // Pids are used again: the time of the start tells the next owner from the last.
    const key = `${pid} ${started}`
    let details = cache.get(key)
    if (details === undefined) {
      details = read(pid)
      if (cache.size >= 1000) cache = new Map()
      cache.set(key, details)
    }
    return details
  }

  return ({ pid, mem_used_mb }) => {
    const isTold = detail !== 'off' && pids_known
    return { pid, ...(isTold ? detailsOf(pid) : nothing), mem_used_mb }
  }
}

/** Field 22 of `/proc/<pid>/stat`; the name in field 2 may hold spaces and brackets. */
export function startTime(stat: string): string | null {
  const fromThirdOn = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fromThirdOn[19] ?? null
}

function commandOf(folder: string, detail: ProcessDetail): string {
  const name = readFileSync(join(folder, 'comm'), 'utf8').trim()
  if (detail !== 'full') return name
  const line = readFileSync(join(folder, 'cmdline'), 'utf8').replaceAll('\0', ' ').trim()
  return (line || name).slice(0, MAX_COMMAND_LENGTH)
}

/**
 * Whether this process sees the pids of the machine, which are those that the driver tells: in a
 * container with pids of its own they would name strangers.
 */
export function seesHostPids(): boolean {
  // The number of the first pid namespace is fixed in the kernel.
  return attempt(() => readlinkSync('/proc/self/ns/pid')) === 'pid:[4026531836]'
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

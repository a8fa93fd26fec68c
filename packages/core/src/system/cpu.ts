import type { SystemFields } from '../snapshot/snapshot.js'
import { percent } from './units.js'

/** Ticks since boot, over all online CPUs. */
export interface CpuTimes {
  busy: number
  idle: number
  /** Online CPUs. */
  count: number
}

/**
 * Reads `/proc/stat`.
 *
 * - `iowait` is idle time during which a disk was busy: the CPU could have run something.
 * - `steal` is busy: a task wanted the CPU and another guest of the hypervisor had it, so there
 *   was nothing left to give. htop's bar and psutil count it so.
 * - `guest` and `guest_nice` are already inside `user` and `nice`.
 */
export function parseStat(text: string): CpuTimes | null {
  const match = /^cpu +(\d+(?: \d+){3,})/m.exec(text)
  if (!match?.[1]) return null
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    match[1].split(' ').map(Number)
  const times = {
    busy: user + nice + system + irq + softirq + steal,
    idle: idle + iowait,
    count: countCpus(text),
  }
  return Number.isFinite(times.busy + times.idle) ? times : null
}

/** Busy share of the time between two readings; null where no tick has passed. */
export function cpuPct(before: CpuTimes, after: CpuTimes): number | null {
  // iowait may decrease (the kernel says so in proc_stat(5)), and steal after a live migration.
  const busy = Math.max(0, after.busy - before.busy)
  const idle = Math.max(0, after.idle - before.idle)
  return percent(busy, busy + idle)
}

/** Remembers the last reading. */
export function createCpuMeter() {
  let previous: CpuTimes | null = null
  return (times: CpuTimes | null): Pick<SystemFields, 'cpu_pct' | 'cpu_count'> => {
    const cpu_pct = previous && times ? cpuPct(previous, times) : null
    previous = times
    return { cpu_pct, cpu_count: times?.count || null }
  }
}

/** Reads `/proc/loadavg`. */
export function loadFields(
  text: string | null,
): Pick<SystemFields, 'load_1' | 'load_5' | 'load_15'> {
  const match = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+) /.exec(text ?? '')
  const [load_1 = null, load_5 = null, load_15 = null] = match?.slice(1).map(finite) ?? []
  return { load_1, load_5, load_15 }
}

/** Reads `/proc/uptime`: whole seconds. */
export function uptimeFields(text: string | null): Pick<SystemFields, 'uptime_s'> {
  return { uptime_s: finite(/^\d+/.exec(text ?? '')?.[0]) }
}

function countCpus(text: string): number {
  // The lines of the CPUs follow the first one; what comes after them may be long.
  let count = 0
  let line = text.indexOf('\ncpu')
  while (line !== -1 && text.startsWith('\ncpu', line)) {
    count += 1
    line = text.indexOf('\n', line + 1)
  }
  return count
}

function finite(text: string | undefined): number | null {
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

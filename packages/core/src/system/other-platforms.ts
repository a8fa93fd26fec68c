import { cpus, loadavg, uptime } from 'node:os'
import si from 'systeminformation'
import type { SystemFields } from '../snapshot/snapshot.js'
import { type CpuTimes, createCpuMeter } from './cpu.js'
import { diskFields } from './disks.js'
import { memoryFields } from './memory.js'
import type { SystemSampler } from './sampler.js'
import { createTrafficMeter } from './traffic-meter.js'
import { mebibytes, percent } from './units.js'

/** macOS and Windows, where most values come from a child process: slower than on Linux. */
export function createPortableSystem(): SystemSampler {
  const cpu = createCpuMeter()
  const network = createTrafficMeter((names) => names)
  const diskIo = createTrafficMeter((names) => names)
  const memory = patient(async () => toMemory(await si.mem()))
  const disks = patient(async () => (await si.fsSize()).flatMap(toDisk))
  const networkBytes = patient(async () => {
    const interfaces = await si.networkStats()
    return counters(interfaces.map((one) => [one.iface, one.rx_bytes, one.tx_bytes]))
  })
  const diskBytes = patient(async () => {
    const all = await si.fsStats()
    return counters([['all', all?.rx, all?.wx]])
  })

  async function overTime() {
    const [received, transferred] = await Promise.all([networkBytes(), diskBytes()])
    const [net_rx_bps, net_tx_bps] = network.update(received?.value ?? null, received?.at ?? 0)
    const [disk_read_bps, disk_write_bps] = diskIo.update(
      transferred?.value ?? null,
      transferred?.at ?? 0,
    )
    return { ...cpu(cpuTimes()), net_rx_bps, net_tx_bps, disk_read_bps, disk_write_bps }
  }

  return {
    async start() {
      await overTime()
    },

    async sample(): Promise<SystemFields> {
      const [rates, space, filled] = await Promise.all([overTime(), disks(), memory()])
      // Windows has no load average; Node answers zeros.
      const loads = process.platform === 'win32' ? [] : loadavg()
      const [load_1 = null, load_5 = null, load_15 = null] = loads
      return {
        uptime_s: Math.floor(uptime()),
        load_1,
        load_5,
        load_15,
        ...memoryFields(filled?.value ?? null),
        ...rates,
        ...(space ? diskFields(space.value) : { disks: null, disk_pct: null }),
      }
    },

    stop() {},
  }
}

const PATIENCE_MS = 1000
const TOO_OLD_MS = 60_000

interface Reading<T> {
  value: T
  /** Monotonic milliseconds. */
  at: number
}

/**
 * Shares an unfinished call instead of starting another one beside it, and does not wait for it
 * too long: then the last value stands in, unless it is too old.
 */
function patient<T>(read: () => Promise<T>): () => Promise<Reading<T> | null> {
  let last: Reading<T> | null = null
  let running: Promise<void> | undefined

  return async () => {
    running ??= read()
      .then((value) => {
        last = { value, at: performance.now() }
      })
      .catch(() => {
        last = null
      })
      .finally(() => {
        running = undefined
      })
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS)
    })
    await Promise.race([running, timeout])
    clearTimeout(timer)
    return last && performance.now() - last.at < TOO_OLD_MS ? last : null
  }
}

function cpuTimes(): CpuTimes {
  const all = cpus()
  const sum = (pick: (times: (typeof all)[number]['times']) => number) =>
    all.reduce((total, { times }) => total + pick(times), 0)
  return {
    busy: sum((times) => times.user + times.nice + times.sys + times.irq),
    idle: sum((times) => times.idle),
    count: all.length,
  }
}

function toMemory(memory: si.Systeminformation.MemData) {
  return {
    total: known(memory.total),
    available: known(memory.available),
    swapTotal: known(memory.swaptotal),
    swapFree: known(memory.swapfree),
  }
}

/** macOS shows helper volumes of the one APFS container; `/` and Data stand for all of them. */
const APFS_HELPER = /^\/System\/Volumes\/(?!Data$)/

function toDisk(filesystem: si.Systeminformation.FsSizeData) {
  const { mount, type, size, used, available } = filesystem
  if (!(size > 0) || APFS_HELPER.test(mount)) return []
  return [
    {
      mount,
      fs: type,
      used_mb: mebibytes(used),
      total_mb: mebibytes(size),
      used_pct: percent(used, used + available),
    },
  ]
}

function counters(rows: [string, number | null | undefined, number | null | undefined][]) {
  const entries = rows.flatMap(([name, input, output]) => {
    const [a, b] = [known(input), known(output)]
    return a === null || b === null ? [] : [[name, [a, b]] as const]
  })
  return new Map(entries)
}

/** systeminformation says null, NaN or a negative number where it knows nothing. */
function known(value: number | null | undefined): number | null {
  return typeof value === 'number' && value >= 0 ? value : null
}

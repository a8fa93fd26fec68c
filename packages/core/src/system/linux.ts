import { statfs } from 'node:fs/promises'
import type { SystemFields } from '../snapshot/snapshot.js'
import { createCpuMeter, loadFields, parseStat, uptimeFields } from './cpu.js'
import { parseDiskstats, selectDisks } from './disk-io.js'
import { createDisks } from './disks.js'
import { memoryFields, parseMeminfo } from './memory.js'
import { parseNetDev, selectInterfaces } from './network.js'
import { createProcReader } from './proc-reader.js'
import type { SystemSampler } from './sampler.js'
import type { Statfs } from './statfs-lane.js'
import { createTrafficMeter } from './traffic-meter.js'

export interface LinuxSystemOptions {
  procfs?: string
  sysfs?: string
  /** Monotonic milliseconds. */
  now?: () => number
  statfs?: Statfs
}

/** Well within the 1.8 s that a snapshot waits for a collector. */
const STATFS_TIMEOUT_MS = 1000

/** Reads the kernel's own figures from `/proc`, without any child process. */
export function createLinuxSystem(options: LinuxSystemOptions = {}): SystemSampler {
  const sysfs = options.sysfs ?? '/sys'
  const now = options.now ?? (() => performance.now())
  const proc = createProcReader(options.procfs ?? '/proc')
  const cpu = createCpuMeter()
  const network = createTrafficMeter((names) => selectInterfaces(names, sysfs))
  const diskIo = createTrafficMeter((names) => selectDisks(names, sysfs))
  const disks = createDisks({
    statfs: options.statfs ?? statfs,
    timeout_ms: STATFS_TIMEOUT_MS,
  })

  function parsed<T>(file: string, parse: (text: string) => T): T | null {
    const text = proc.read(file)
    return text === null ? null : parse(text)
  }

  /** The values that are over the time since the last call. */
  function overTime() {
    const usage = cpu(parsed('stat', parseStat))
    const [net_rx_bps, net_tx_bps] = network.update(parsed('net/dev', parseNetDev), now())
    const [disk_read_bps, disk_write_bps] = diskIo.update(
      parsed('diskstats', parseDiskstats),
      now(),
    )
    return { ...usage, net_rx_bps, net_tx_bps, disk_read_bps, disk_write_bps }
  }

  return {
    start() {
      overTime()
    },

    async sample(): Promise<SystemFields> {
      const space = disks(proc.read('self/mountinfo'))
      return {
        ...uptimeFields(proc.read('uptime')),
        ...loadFields(proc.read('loadavg')),
        ...memoryFields(parsed('meminfo', parseMeminfo)),
        ...overTime(),
        ...(await space),
      }
    },

    stop() {
      proc.close()
    },
  }
}

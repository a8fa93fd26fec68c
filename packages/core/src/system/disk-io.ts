import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Counters } from './traffic-meter.js'

/** `/proc/diskstats` counts in these, whatever the disk's own sector size. */
const SECTOR_BYTES = 512

/** Reads `/proc/diskstats`: bytes read and written by block device. */
export function parseDiskstats(text: string): Counters {
  const counters = new Map<string, readonly [number, number]>()
  for (const [, name, read, written] of text.matchAll(LINE)) {
    if (name) counters.set(name, [Number(read) * SECTOR_BYTES, Number(written) * SECTOR_BYTES])
  }
  return counters
}

/** Whole disks with hardware behind them: partitions, RAID, LVM and loops pass on what these carry. */
export function selectDisks(names: string[], sysfs: string): string[] {
  return names.filter((name) => {
    // A name with a slash (cciss/c0d0) has a `!` in its place in sysfs.
    const block = join(sysfs, 'block', name.replaceAll('/', '!'))
    return existsSync(join(block, 'device')) && !isHidden(join(block, 'hidden'))
  })
}

// major, minor, name, reads, merged, sectors read, ms, writes, merged, sectors written
const LINE = /^ *\d+ +\d+ (\S+) \d+ \d+ (\d{1,20}) \d+ \d+ \d+ (\d{1,20})/gm

/** One path of an NVMe disk that has several: the disk itself counts for all of them. */
function isHidden(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').trim() === '1'
  } catch {
    return false
  }
}

import type { SystemFields } from '../snapshot/snapshot.js'
import { mebibytes, percent } from './units.js'

export type MemoryFields = Pick<
  SystemFields,
  'mem_used_mb' | 'mem_total_mb' | 'mem_pct' | 'swap_used_mb' | 'swap_total_mb'
>

/** Bytes. */
export interface Memory {
  total: number | null
  available: number | null
  swapTotal: number | null
  swapFree: number | null
}

/** Reads `/proc/meminfo`. */
export function parseMeminfo(text: string): Memory {
  const bytes = (name: string): number | null => {
    const kibibytes = Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(text)?.[1])
    return Number.isFinite(kibibytes) ? kibibytes * 1024 : null
  }
  return {
    total: bytes('MemTotal'),
    available: bytes('MemAvailable') ?? availableBefore314(bytes),
    swapTotal: bytes('SwapTotal'),
    swapFree: bytes('SwapFree'),
  }
}

/** Used is what is not available: caches that the kernel would give up do not count. */
export function memoryFields(memory: Memory | null): MemoryFields {
  const used = difference(memory?.total, memory?.available)
  const swapUsed = difference(memory?.swapTotal, memory?.swapFree)
  const total = memory?.total ?? null
  return {
    mem_used_mb: used === null ? null : mebibytes(used),
    mem_total_mb: total === null ? null : mebibytes(total),
    mem_pct: used === null || total === null ? null : percent(used, total),
    swap_used_mb: swapUsed === null ? null : mebibytes(swapUsed),
    swap_total_mb: memory?.swapTotal == null ? null : mebibytes(memory.swapTotal),
  }
}

/** Kernels before 3.14 have no MemAvailable; this is what `free` computed on them. */
function availableBefore314(bytes: (name: string) => number | null): number | null {
  const free = bytes('MemFree')
  if (free === null) return null
  return free + (bytes('Buffers') ?? 0) + (bytes('Cached') ?? 0)
}

function difference(
  whole: number | null | undefined,
  rest: number | null | undefined,
): number | null {
  if (whole == null || rest == null) return null
  return Math.min(whole, Math.max(0, whole - rest))
}

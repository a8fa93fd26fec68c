/** A process as NVML lists it; `gi` and `ci` are those of a MIG instance. */
export interface ListedProcess {
  pid: number
  mem_used_mb: number | null
}

/** Under one name NVML has filled structures of three sizes. */
export type ProcessSize = 16 | 24 | 32

/**
 * `{ u32 pid; u64 memory; u32 gi; u32 ci }` is 24 bytes. Early drivers of R535 append 8 more;
 * they are known by two other functions, of which they have the first and not the second.
 */
export function expectedSize(has: {
  confComputeMemSizeInfo: boolean
  runningProcessDetailList: boolean
}): ProcessSize {
  return has.confComputeMemSizeInfo && !has.runningProcessDetailList ? 32 : 24
}

/**
 * Reads `count` structures. Where the expected size gives pids that nobody has, another size
 * that explains more of them is taken.
 */
export function decodeProcesses(
  buffer: Buffer,
  count: number,
  expected: ProcessSize,
  isAlive: (pid: number) => boolean,
): ListedProcess[] {
  const sizes = [expected, ...([24, 32, 16] as const).filter((size) => size !== expected)]
  const readings = sizes.map((size) => decode(buffer, count, size))
  const alive = readings.map((list) => list.filter(({ pid }) => isAlive(pid)).length)
  return readings[alive.indexOf(Math.max(...alive))] ?? []
}

function decode(buffer: Buffer, count: number, size: ProcessSize): ListedProcess[] {
  const list: ListedProcess[] = []
  for (let at = 0; list.length < count && at + 16 <= buffer.length; at += size) {
    const bytes = buffer.readBigUInt64LE(at + 8)
    list.push({ pid: buffer.readUInt32LE(at), mem_used_mb: toMebibytes(bytes) })
  }
  return list
}

/** All ones is how the driver says that it does not know. */
export function toMebibytes(bytes: bigint): number | null {
  return bytes === 0xffff_ffff_ffff_ffffn ? null : Number(bytes >> 20n)
}

/** A process that computes and draws is listed twice. */
export function mergeProcesses(...lists: readonly (readonly ListedProcess[])[]): ListedProcess[] {
  const byPid = new Map<number, ListedProcess>()
  for (const process of lists.flat()) {
    const other = byPid.get(process.pid)
    const isMore = (process.mem_used_mb ?? -1) > (other?.mem_used_mb ?? -1)
    if (other === undefined || isMore) byPid.set(process.pid, process)
  }
  return [...byPid.values()]
}

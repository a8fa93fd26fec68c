import type { GpuInfo, GpuProcess } from '../../gpu-info.js'

/** A process, which may use several cards. */
export interface ServerProcess extends GpuProcess {
  gpus: number[]
}

/** Those of all cards; the memory of one that uses several is added up. */
export function processesOf(gpus: readonly GpuInfo[]): ServerProcess[] {
  const byPid = new Map<number, ServerProcess>()
  for (const { index, processes } of gpus) {
    for (const process of processes ?? []) {
      const known = byPid.get(process.pid)
      byPid.set(process.pid, {
        ...process,
        gpus: [...(known?.gpus ?? []), index],
        mem_used_mb: add(known?.mem_used_mb, process.mem_used_mb),
      })
    }
  }
  return [...byPid.values()]
}

function add(a: number | null | undefined, b: number | null): number | null {
  return a === null || a === undefined ? b : a + (b ?? 0)
}

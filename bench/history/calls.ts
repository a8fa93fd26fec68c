export interface Calls {
  /** Of all threads of this process, for each call. */
  cpu_ms: number
  main_ms: number
  /** The median. */
  wall_ms: number
}

/** What a call costs on average, one after the other. */
export async function callsOf(count: number, call: () => Promise<unknown>): Promise<Calls> {
  const walls: number[] = []
  const all = process.cpuUsage()
  const main = process.threadCpuUsage()
  for (let n = 0; n < count; n += 1) {
    const started = performance.now()
    await call()
    walls.push(performance.now() - started)
  }
  const spent = ({ user, system }: { user: number; system: number }) => (user + system) / 1000
  return {
    cpu_ms: spent(process.cpuUsage(all)) / count,
    main_ms: spent(process.threadCpuUsage(main)) / count,
    wall_ms: percentile(walls, 0.5),
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

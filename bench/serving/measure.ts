import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Cost {
  /** CPU of the main thread, the kernel's part for its sockets included, milliseconds. */
  cpu_ms: number
  /** How long the event loop was held at once, milliseconds. */
  held_ms: number
}

/** What the main thread spends until `work` resolves. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/**
 * What a round costs. What `prepare` does is not measured, what it returns is. The mean, for some
 * systems count CPU time by the millisecond; the loop in rounds of its own, for watching it costs.
 */
export async function costOf(rounds: number, prepare: () => () => unknown): Promise<Cost> {
  let cpu = 0
  for (let round = 0; round < rounds; round += 1) cpu += await cpuOf(prepare())
  const held: number[] = []
  for (let round = 0; round < 7; round += 1) {
    const work = prepare()
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    await work()
    delay.disable()
    held.push(delay.max / 1e6)
  }
  return { cpu_ms: cpu / rounds, held_ms: median(held) }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

export function describe({ cpu_ms, held_ms }: Cost): string {
  return `${cpu_ms.toFixed(2)} ms of the main thread, at most ${held_ms.toFixed(1)} ms at a time`
}

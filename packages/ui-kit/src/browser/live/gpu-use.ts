import type { Gpu } from './server.js'

/** Below both of these, in percent, a card does nothing. */
export const idleBelow = 5
/** For so long it must have done nothing before it counts as free, seconds. */
export const idleFor = 60
/** Above this a card is hot, °C. */
export const hotAbove = 80

export type GpuUse = 'free' | 'busy' | 'unknown'

/** Tells free cards from those that only pause between two batches. */
export interface GpuUseTracker {
  /** @param ts when the cards were measured, epoch seconds */
  uses(gpus: readonly Gpu[], ts: number): GpuUse[]
}

/** For the cards of one server. A card that has not been seen busy is taken at its word. */
export function createGpuUseTracker(): GpuUseTracker {
  const busyAt = new Map<string | number, number>()

  return {
    uses: (gpus, ts) =>
      gpus.map((gpu) => {
        const idle = isIdle(gpu)
        if (idle === undefined) return 'unknown'
        const card = gpu.uuid ?? gpu.index
        if (!idle) busyAt.set(card, ts)
        return ts - (busyAt.get(card) ?? Number.NEGATIVE_INFINITY) < idleFor ? 'busy' : 'free'
      }),
  }
}

function isIdle({ util_pct, mem_used_mb, mem_total_mb, state }: Gpu): boolean | undefined {
  if (state === 'lost' || state === 'stale') return undefined
  if (typeof util_pct !== 'number' || typeof mem_used_mb !== 'number' || !mem_total_mb) {
    return undefined
  }
  return util_pct < idleBelow && (mem_used_mb / mem_total_mb) * 100 < idleBelow
}

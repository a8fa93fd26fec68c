import type { GpuInfo, GpuState } from '../gpu-info.js'

/** The six fields that every card of our agent has. */
type CoreField = 'name' | 'util_pct' | 'mem_used_mb' | 'mem_total_mb' | 'temperature_c'

/** A card as our agent sends it. */
export type Card = GpuInfo & Required<Pick<GpuInfo, CoreField>> & { state: GpuState }

/** What one pass over the cards has found. */
export interface Sweep {
  cards: Card[]
  /** Whether a card that is missing is gone, rather than not reached this time. */
  complete: boolean
}

/** A way to ask the driver. */
export interface GpuSource {
  /** Rejects where nothing could be learnt of any card. Never called while a call is unfinished. */
  sample(): Promise<Sweep>
  stop(): void
}

/** What tells one card from another. */
export type CardIdentity = Pick<Card, 'index' | 'uuid' | 'bus_id' | 'name'>

/** A card of which nothing is known but which one it is. */
export function unreadCard(identity: CardIdentity, state: GpuState, code: string, message: string) {
  return {
    index: identity.index,
    name: identity.name,
    util_pct: null,
    mem_used_mb: null,
    mem_total_mb: null,
    temperature_c: null,
    ...(identity.uuid !== undefined && { uuid: identity.uuid }),
    ...(identity.bus_id !== undefined && { bus_id: identity.bus_id }),
    vendor: 'nvidia',
    state,
    errors: [{ code, message }],
  } satisfies Card
}

/** `00000000:3B:00.0`, as NVIDIA writes it, in the way of Linux: `0000:3b:00.0`. */
export function normaliseBusId(text: string): string | null {
  const match = /^(?:0000)?([0-9a-f]{4,8}):([0-9a-f]{2}):([0-9a-f]{2}\.[0-7])$/i.exec(text.trim())
  return match === null ? null : `${match[1]}:${match[2]}:${match[3]}`.toLowerCase()
}

/** A group of values of which none is known is not known as a whole. */
export function orNull<Group extends Record<string, number | null>>(group: Group): Group | null {
  return Object.values(group).some((value) => value !== null) ? group : null
}

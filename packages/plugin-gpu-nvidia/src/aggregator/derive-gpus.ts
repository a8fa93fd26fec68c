import type { LatestSnapshot, ServerEntry } from '@mon/core'
import type { GpuInfo } from '../gpu-info.js'
import type { CardRegistry, CardRow } from './card-registry.js'
import { checkCards } from './check-cards.js'
import { type GpuTotals, gpuCollectors, gpuTotals } from './gpu-totals.js'

export interface DeriveOptions {
  registry: Pick<CardRegistry, 'observe' | 'lost'>
  isHot(serverId: number, card: GpuInfo): boolean | null
  isFree(serverId: number, card: GpuInfo): boolean | null
  /** Epoch seconds. */
  now(): number
}

export type WithGpus = LatestSnapshot & GpuTotals & { gpus: GpuInfo[] | null }

/** Adds to a snapshot what follows from its cards, and the cards that are missed. */
export function createDerive({ registry, isHot, isFree, now }: DeriveOptions) {
  function missed(server: ServerEntry, gpus: GpuInfo[] | null, isKnown: boolean): CardRow[] {
    if (gpus === null && !isKnown) return []
    return isKnown ? registry.observe(server, gpus ?? [], now()) : registry.lost(server.id)
  }

  return (latest: LatestSnapshot, server: ServerEntry): WithGpus => {
    const reported = checkCards(latest.gpus)
    const collectors = gpuCollectors(latest.collectors)
    // A server without a collector for cards, or whose collector fails, says nothing of them.
    const isKnown = collectors === 'well'
    const lost = missed(server, reported, isKnown)
    const cards =
      reported?.map((card) => ({
        ...card,
        hot: isHot(server.id, card),
        free: isFree(server.id, card),
        ...(card.state === 'lost' && lostAt(card, lost)),
      })) ?? null
    const gpus = lost.length === 0 ? cards : withVanished(cards, lost)
    return { ...latest, gpus, ...gpuTotals(gpus, collectors === 'failed') }
  }
}

function withVanished(cards: GpuInfo[] | null, lost: readonly CardRow[]): GpuInfo[] | null {
  const isListed = new Set(cards?.map(({ uuid }) => uuid))
  const vanished = lost.filter(({ uuid }) => !isListed.has(uuid)).map(toLostCard)
  return cards === null && vanished.length === 0 ? null : [...(cards ?? []), ...vanished]
}

function lostAt(card: GpuInfo, lost: readonly CardRow[]): Pick<GpuInfo, 'lost_at'> {
  const row = lost.find(({ uuid }) => uuid === card.uuid)
  return row === undefined ? {} : { lost_at: row.lost_at }
}

function toLostCard({ uuid, gpu_index, name, last_seen, lost_at }: CardRow): GpuInfo {
  const seen = new Date(last_seen * 1000).toISOString()
  return {
    index: gpu_index,
    name,
    util_pct: null,
    mem_used_mb: null,
    mem_total_mb: null,
    temperature_c: null,
    uuid,
    state: 'lost',
    errors: [{ code: 'lost', message: `The server no longer has it; it was last seen ${seen}` }],
    hot: null,
    free: null,
    lost_at,
  }
}

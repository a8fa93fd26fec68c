import { type Static, Type } from '@mon/core'
import type { FleetCard } from './fleet-cards.js'

/** A server with enough free cards, and the best of them. */
export const FreeCards = Type.Object({
  server_id: Type.Integer(),
  server: Type.String({ description: 'Name of the server' }),
  host: Type.String({ description: 'Host name or IP of its address' }),
  name: Type.Union([Type.String(), Type.Null()], { description: 'Model of the first card' }),
  indexes: Type.Array(Type.Number()),
  uuids: Type.Array(Type.Union([Type.String(), Type.Null()])),
  free_mb: Type.Number({ description: 'Free memory of the fullest of them, MiB' }),
  free_cards: Type.Integer({ description: 'How many cards the server has that would do' }),
  environment: Type.String({
    description: 'To put before a command: `CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=0,3`',
  }),
})
export type FreeCards = Static<typeof FreeCards>

export interface Wish {
  /** Cards of one server. */
  count: number
  /** Free memory of each, MiB: then cards that hold something else will do, too. */
  min_free_mb?: number
}

/** Busier than this, a card will not do, however much memory it has left. */
const MAX_IDLE_UTIL_PCT = 10

/**
 * Servers that have the wanted number of free cards, best first: cards that nobody uses before
 * those that are only idle, then those with the most memory. Without a wish for memory only
 * cards that nobody uses will do: those that every page calls free.
 */
export function findFree(cards: readonly FleetCard[], wish: Wish): FreeCards[] {
  const byServer = new Map<number, FleetCard[]>()
  for (const card of cards.filter((card) => willDo(card, wish))) {
    byServer.set(card.server_id, [...(byServer.get(card.server_id) ?? []), card])
  }
  return [...byServer.values()]
    .filter((free) => free.length >= wish.count)
    .map((free) => {
      const chosen = [...free].sort(byMerit).slice(0, wish.count)
      return { free, chosen: chosen.sort((a, b) => a.index - b.index) }
    })
    .sort((a, b) => leastFree(b.chosen) - leastFree(a.chosen))
    .sort((a, b) => usersOf(a.chosen) - usersOf(b.chosen))
    .sort((a, b) => inUse(a.chosen) - inUse(b.chosen))
    .map(({ free, chosen }) => describe(free, chosen))
}

function willDo(card: FleetCard, { min_free_mb }: Wish): boolean {
  const { server_state, state, mig = null, util_pct, free } = card
  const isAnswering = server_state === 'online' || server_state === 'degraded'
  // Who wants a MIG instance does not want the card.
  if (!isAnswering || (state ?? 'ok') !== 'ok' || mig !== null) return false
  if (min_free_mb === undefined) return free === true
  // Who knows no utilisation must not guess.
  return (util_pct ?? 100) <= MAX_IDLE_UTIL_PCT && (freeMemory(card) ?? -1) >= min_free_mb
}

function freeMemory({ mem_total_mb, mem_used_mb, mem_reserved_mb }: FleetCard): number | null {
  if (typeof mem_total_mb !== 'number' || typeof mem_used_mb !== 'number') return null
  return mem_total_mb - mem_used_mb - (mem_reserved_mb ?? 0)
}

function byMerit(a: FleetCard, b: FleetCard): number {
  return (
    Number(b.free === true) - Number(a.free === true) ||
    (a.processes?.length ?? 0) - (b.processes?.length ?? 0) ||
    (freeMemory(b) ?? 0) - (freeMemory(a) ?? 0) ||
    a.index - b.index
  )
}

function leastFree(cards: readonly FleetCard[]): number {
  return Math.min(...cards.map((card) => freeMemory(card) ?? 0))
}

function inUse(cards: readonly FleetCard[]): number {
  return cards.filter(({ free }) => free !== true).length
}

function usersOf(cards: readonly FleetCard[]): number {
  return cards.reduce((count, { processes }) => count + (processes?.length ?? 0), 0)
}

function describe(free: readonly FleetCard[], chosen: readonly FleetCard[]): FreeCards {
  const [first] = chosen
  const indexes = chosen.map(({ index }) => index)
  return {
    server_id: first?.server_id ?? 0,
    server: first?.server ?? '',
    host: first?.host ?? '',
    name: first?.name ?? null,
    indexes,
    uuids: chosen.map(({ uuid }) => uuid ?? null),
    free_mb: Math.floor(leastFree(chosen)),
    free_cards: free.length,
    // CUDA numbers cards by their speed unless it is told to do as the driver does.
    environment: `CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=${indexes.join(',')}`,
  }
}

import type { LatestSnapshot } from '../snapshot/snapshot.js'

/** The newest derived snapshot of every server, in memory. */
export interface Latest {
  get(serverId: number): LatestSnapshot | undefined
}

/** `Latest` as the aggregator fills it. A snapshot that was set is never changed again. */
export interface LatestStore extends Latest {
  set(serverId: number, latest: LatestSnapshot): void
  delete(serverId: number): void
  /** The summary of `get(serverId)`, made when it is first asked for. */
  summary(serverId: number): LatestSummary | undefined
}

/** What a list of servers shows of a snapshot: its scalar fields, and its cards in short. */
export type LatestSummary = Record<string, unknown>

export function createLatest(): LatestStore {
  const snapshots = new Map<number, { latest: LatestSnapshot; summary?: LatestSummary }>()
  return {
    get: (serverId) => snapshots.get(serverId)?.latest,
    set(serverId, latest) {
      snapshots.set(serverId, { latest })
    },
    delete(serverId) {
      snapshots.delete(serverId)
    },
    summary(serverId) {
      const entry = snapshots.get(serverId)
      if (entry === undefined) return undefined
      entry.summary ??= summarise(entry.latest)
      return entry.summary
    },
  }
}

/**
 * Leaves out objects and arrays, but for `gpus`, whose cards keep what an overview shows, and
 * for the `collectors` that failed, which are the reason why a server is degraded.
 */
export function summarise(latest: LatestSnapshot): LatestSummary {
  const summary: LatestSummary = {}
  for (const [field, value] of Object.entries(latest)) {
    if (value === null || typeof value !== 'object') summary[field] = value
  }
  if (latest.gpus !== null) summary.gpus = latest.gpus.map(summariseCard)
  summary.collectors = Object.fromEntries(
    Object.entries(latest.collectors)
      .filter(([, { ok }]) => !ok)
      .map(([name, { ok, code, message }]) => [name, { ok, code, message }]),
  )
  return summary
}

const cardFields = [
  'index',
  'uuid',
  'name',
  'util_pct',
  'mem_used_mb',
  'mem_total_mb',
  'temperature_c',
  'power_w',
  'state',
  'hot',
] as const

function summariseCard(card: Record<string, unknown>): Record<string, unknown> {
  const summary: Record<string, unknown> = {}
  for (const field of cardFields) {
    if (card[field] !== undefined) summary[field] = card[field]
  }
  return summary
}

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
  for (const field of Object.keys(latest)) {
    const value = latest[field]
    if (value === null || typeof value !== 'object') summary[field] = value
  }
  if (latest.gpus !== null) summary.gpus = latest.gpus.map(summariseCard)
  summary.collectors = failuresOf(latest.collectors)
  return summary
}

function failuresOf(collectors: LatestSnapshot['collectors']): Record<string, unknown> {
  const failures: Record<string, unknown> = {}
  for (const name of Object.keys(collectors)) {
    const health = collectors[name]
    if (health === undefined || health.ok) continue
    failures[name] = { ok: false, code: health.code, message: health.message }
  }
  return failures
}

/** What a card has not is undefined, which is absent in JSON. All have one shape: it is faster. */
function summariseCard(card: Record<string, unknown>): Record<string, unknown> {
  return {
    index: card.index,
    uuid: card.uuid,
    name: card.name,
    util_pct: card.util_pct,
    mem_used_mb: card.mem_used_mb,
    mem_total_mb: card.mem_total_mb,
    temperature_c: card.temperature_c,
    power_w: card.power_w,
    state: card.state,
    hot: card.hot,
    free: card.free,
  }
}

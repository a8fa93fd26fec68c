import type { Collection } from './collect.js'
import type { Snapshot, SystemFields } from './snapshot.js'

export interface SnapshotSourceOptions {
  hostname(): string
  agent_version: string
  /** Asks all collectors. */
  collect(collection: Collection): Promise<void>
  /** The last word on what is served. */
  finish(snapshot: Snapshot): Snapshot
  /** Monotonic milliseconds. */
  now(): number
}

/** How long one snapshot serves all that ask. */
const COALESCE_MS = 1000

/**
 * Answers with the serialised snapshot. Whoever asks within a second of another gets the
 * same bytes, so several aggregators cost one sample.
 */
export function createSnapshotSource(options: SnapshotSourceOptions): () => Promise<Buffer> {
  let current: { at: number; bytes: Promise<Buffer> } | null = null

  return () => {
    if (current === null || options.now() - current.at >= COALESCE_MS) {
      current = { at: options.now(), bytes: takeSnapshot(options) }
    }
    return current.bytes
  }
}

async function takeSnapshot(options: SnapshotSourceOptions): Promise<Buffer> {
  const collection: Collection = { fields: {}, collectors: {} }
  await options.collect(collection)
  const snapshot = options.finish({
    ts: Math.floor(Date.now() / 1000),
    hostname: options.hostname(),
    agent_version: options.agent_version,
    ...unknownSystem,
    gpus: null,
    ...collection.fields,
    collectors: collection.collectors,
  })
  return Buffer.from(JSON.stringify(snapshot))
}

/** What a snapshot says where no collector fills a field of the contract. */
const unknownSystem: SystemFields = {
  uptime_s: null,
  cpu_pct: null,
  cpu_count: null,
  load_1: null,
  load_5: null,
  load_15: null,
  mem_used_mb: null,
  mem_total_mb: null,
  mem_pct: null,
  swap_used_mb: null,
  swap_total_mb: null,
  disks: null,
  disk_pct: null,
  net_rx_bps: null,
  net_tx_bps: null,
  disk_read_bps: null,
  disk_write_bps: null,
}

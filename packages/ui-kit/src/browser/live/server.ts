/**
 * A server as `/api/stream` sends it, in summary. The wire format is `Server` of `@mon/core`,
 * which a test holds this one against: core's own type drags Node along.
 */
export interface Server {
  id: number
  name: string
  base_url: string
  tags: string[]
  enabled: boolean
  /** null: the aggregator's own. */
  poll_interval_s: number | null
  state: ServerState
  /** Epoch seconds, as `at` of the error. */
  last_seen: number | null
  last_error: LastError | null
  latest: LatestSnapshot | null
}

export type ServerState = 'online' | 'degraded' | 'offline' | 'disabled' | 'unknown'

export interface LastError {
  code: string
  message: string
  hint: string | null
  at: number
}

/** The fields that the shell itself shows; plugins' fields stand beside them. */
export interface LatestSnapshot {
  ts?: number
  uptime_s?: number | null
  cpu_pct?: number | null
  mem_pct?: number | null
  mem_used_mb?: number | null
  mem_total_mb?: number | null
  disk_pct?: number | null
  net_rx_bps?: number | null
  net_tx_bps?: number | null
  gpu_count?: number | null
  gpus?: readonly Gpu[] | null
  collectors?: Record<string, CollectorHealth> | null
  [field: string]: unknown
}

/** A card in summary, of any vendor. */
export interface Gpu {
  index: number
  uuid?: string | null
  name?: string | null
  util_pct?: number | null
  mem_used_mb?: number | null
  mem_total_mb?: number | null
  temperature_c?: number | null
  state?: string
  /** Above its threshold, and used by nobody: the aggregator says so, null where it is not known. */
  hot?: boolean | null
  free?: boolean | null
}

export interface CollectorHealth {
  ok: boolean
  code?: string
  message?: string
}

/** What changed since the last event: top-level fields, and fields of `latest`; null is a server deleted. */
export type FleetDelta = Record<string, ServerDelta | null>

export type ServerDelta = Partial<Server>

export function isServer(value: Partial<Server> | undefined): value is Server {
  return value?.id !== undefined && value.name !== undefined && value.state !== undefined
}

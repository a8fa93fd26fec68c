import type { MetricUnit } from '../format/formatters.js'
import type { Locale } from '../i18n/translate.js'
import type { CollectorHealth, LatestSnapshot, Server } from '../live/server.js'

/** What `GET /api/servers/:id` answers, as far as this page shows it. */
export interface FullServer extends Server {
  /** Seconds; null is the default of the centre. */
  poll_interval_s: number | null
  latest: FullSnapshot | null
}

export interface FullSnapshot extends LatestSnapshot {
  hostname?: string
  agent_version?: string
  cpu_count?: number | null
  load_1?: number | null
  load_5?: number | null
  load_15?: number | null
  swap_used_mb?: number | null
  swap_total_mb?: number | null
  disks?: Disk[] | null
  collectors?: Record<string, FullCollectorHealth> | null
}

export interface Disk {
  mount: string
  fs: string
  used_mb: number | null
  total_mb: number | null
  used_pct: number | null
}

export interface FullCollectorHealth extends CollectorHealth {
  /** How long the last run took, milliseconds. */
  ms?: number
  age_s: number | null
}

/** An entry of `GET /api/metrics`. */
export interface DeclaredMetric {
  name: string
  unit: MetricUnit
  label: Record<Locale, string>
}

/** What `GET /api/servers/:id/live` answers. */
export interface LiveSeries {
  from: number
  whole_from: number | null
  ts: number[]
  series: Record<string, { min: (number | null)[]; max: (number | null)[] }>
}

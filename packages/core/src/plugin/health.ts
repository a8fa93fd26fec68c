import type { PluginState } from './report.js'

/** What `/healthz` answers; plugins add their own facts under `checks`. */
export interface HealthReport {
  plugins: readonly PluginState[]
  checks: Record<string, { ok: boolean; message?: string }>
}

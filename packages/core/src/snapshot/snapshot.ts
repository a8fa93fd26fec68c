import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { isMapping } from '../config/mapping.js'

/** A number that may be unknown. Unknown is `null`, never 0. */
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

export const Disk = Type.Object({
  mount: Type.String(),
  fs: Type.String({ description: 'Filesystem type, as in /proc/self/mountinfo' }),
  used_mb: NumberOrNull,
  total_mb: NumberOrNull,
  used_pct: NumberOrNull,
})
export type Disk = Static<typeof Disk>

/** How one collector fared: `ok: false` carries a code of the error catalogue, or the plugin's own. */
export const CollectorHealth = Type.Object({
  ok: Type.Boolean(),
  ms: Type.Optional(
    Type.Number({ description: 'Duration of the last finished run, milliseconds' }),
  ),
  age_s: Type.Union([Type.Number(), Type.Null()], {
    description: 'Age of the values served; null when there has never been one',
  }),
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
})
export type CollectorHealth = Static<typeof CollectorHealth>

/** What the built-in `system` collector fills. Rates are bytes per second, `mb` is MiB. */
export const systemFields = {
  uptime_s: NumberOrNull,
  cpu_pct: NumberOrNull,
  cpu_count: NumberOrNull,
  load_1: NumberOrNull,
  load_5: NumberOrNull,
  load_15: NumberOrNull,
  mem_used_mb: NumberOrNull,
  mem_total_mb: NumberOrNull,
  mem_pct: NumberOrNull,
  swap_used_mb: NumberOrNull,
  swap_total_mb: NumberOrNull,
  disks: Type.Union([Type.Array(Disk), Type.Null()]),
  disk_pct: Type.Union([Type.Number(), Type.Null()], { description: 'The fullest filesystem' }),
  net_rx_bps: NumberOrNull,
  net_tx_bps: NumberOrNull,
  disk_read_bps: NumberOrNull,
  disk_write_bps: NumberOrNull,
} satisfies TProperties
export type SystemFields = Static<TObject<typeof systemFields>>

/**
 * What every agent answers at `GET /v1/snapshot`, before its plugins' fields.
 * A plugin's fields stand beside these at the top level.
 */
export const Snapshot = Type.Object(
  {
    ts: Type.Number({ description: 'Epoch seconds, UTC' }),
    hostname: Type.String(),
    agent_version: Type.String(),
    ...systemFields,
    gpus: Type.Union([Type.Array(Type.Object({ index: Type.Number() })), Type.Null()], {
      description: 'null: no GPU collector, or no device',
    }),
    collectors: Type.Record(Type.String(), CollectorHealth),
  },
  { additionalProperties: true },
)
export type Snapshot = Static<typeof Snapshot> & Record<string, unknown>

/** A polled snapshot with what the aggregator's plugins derived from it. */
export type LatestSnapshot = Snapshot

/** Whether a value has the parts of a snapshot on which the host itself relies. */
export function isSnapshotLike(value: unknown): boolean {
  return isMapping(value) && typeof value.hostname === 'string' && isMapping(value.collectors)
}

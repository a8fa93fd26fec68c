import { type Static, Type } from '@mon/core'

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])
const TextOrNull = Type.Union([Type.String(), Type.Null()])

export const GpuState = Type.Union(
  [
    Type.Literal('ok'),
    Type.Literal('error'),
    Type.Literal('stale'),
    Type.Literal('lost'),
    Type.Literal('suspended'),
  ],
  {
    description:
      'error: it cannot be read; stale: these are older values, see age_s; lost: it was there and is gone; suspended: it sleeps and was left alone',
  },
)
export type GpuState = Static<typeof GpuState>

export const GpuError = Type.Object({
  code: Type.String({ description: 'Such as timeout, lost, reset_required or driver' }),
  message: Type.String(),
})
export type GpuError = Static<typeof GpuError>

export const GpuProcess = Type.Object({
  pid: Type.Integer(),
  user: TextOrNull,
  command: TextOrNull,
  mem_used_mb: NumberOrNull,
  container: Type.Union([Type.String(), Type.Null()], {
    description: 'First 12 digits of its id, or its name; null: none, or not known',
  }),
})
export type GpuProcess = Static<typeof GpuProcess>

export const MigInstance = Type.Object({
  uuid: TextOrNull,
  name: Type.Union([Type.String(), Type.Null()], { description: 'Such as 1g.10gb' }),
  gpu_instance_id: NumberOrNull,
  compute_instance_id: NumberOrNull,
  mem_used_mb: NumberOrNull,
  mem_total_mb: NumberOrNull,
})
export type MigInstance = Static<typeof MigInstance>

/**
 * One card, of whatever vendor, as it travels from the agent to the browser. An agent may
 * leave out all but `index`; unknown is `null`, never 0. `mb` is MiB.
 */
export const GpuInfo = Type.Object({
  index: Type.Number({ description: 'Its place now; `uuid` is what stays' }),
  name: Type.Optional(TextOrNull),
  util_pct: Type.Optional(NumberOrNull),
  mem_used_mb: Type.Optional(NumberOrNull),
  mem_total_mb: Type.Optional(NumberOrNull),
  temperature_c: Type.Optional(NumberOrNull),
  uuid: Type.Optional(TextOrNull),
  bus_id: Type.Optional(
    Type.Union([Type.String(), Type.Null()], { description: 'As in sysfs: 0000:3b:00.0' }),
  ),
  vendor: Type.Optional(TextOrNull),
  state: Type.Optional(Type.Union([GpuState, Type.Null()])),
  errors: Type.Optional(Type.Union([Type.Array(GpuError), Type.Null()])),
  age_s: Type.Optional(
    Type.Union([Type.Number(), Type.Null()], { description: 'Age of the values; absent when new' }),
  ),
  mem_reserved_mb: Type.Optional(NumberOrNull),
  memory_kind: Type.Optional(
    Type.Union([Type.Literal('dedicated'), Type.Literal('unified'), Type.Null()], {
      description: 'unified: it shares the memory of the machine',
    }),
  ),
  power_w: Type.Optional(NumberOrNull),
  power_limit_w: Type.Optional(NumberOrNull),
  fan_pct: Type.Optional(NumberOrNull),
  clocks_mhz: Type.Optional(
    Type.Union([
      Type.Object({ graphics: NumberOrNull, sm: NumberOrNull, memory: NumberOrNull }),
      Type.Null(),
    ]),
  ),
  throttle: Type.Optional(
    Type.Union([Type.Array(Type.String()), Type.Null()], {
      description:
        'power_cap, hw_slowdown, sw_thermal, hw_thermal, power_brake; empty: not throttled',
    }),
  ),
  ecc: Type.Optional(
    Type.Union(
      [
        Type.Object({
          corrected: NumberOrNull,
          uncorrected: NumberOrNull,
          corrected_total: NumberOrNull,
          uncorrected_total: NumberOrNull,
        }),
        Type.Null(),
      ],
      { description: 'Memory errors since the driver was loaded, and in its whole life' },
    ),
  ),
  pcie: Type.Optional(
    Type.Union([
      Type.Object({
        gen: NumberOrNull,
        width: NumberOrNull,
        gen_max: NumberOrNull,
        width_max: NumberOrNull,
      }),
      Type.Null(),
    ]),
  ),
  mig: Type.Optional(
    Type.Union([Type.Array(MigInstance), Type.Null()], {
      description: 'null: not partitioned, or not known',
    }),
  ),
  processes: Type.Optional(
    Type.Union([Type.Array(GpuProcess), Type.Null()], { description: 'null: not known' }),
  ),
  hot: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], {
      description:
        'Above its threshold; added by the aggregator, null where there is no temperature',
    }),
  ),
  free: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], {
      description:
        'Nobody uses it: below 5 % of use and of memory, and no process, for a minute; added by the aggregator, null where it is not known',
    }),
  ),
  lost_at: Type.Optional(
    Type.Union([Type.Number(), Type.Null()], {
      description: 'When it was missed first, epoch seconds; added by the aggregator',
    }),
  ),
})
export type GpuInfo = Static<typeof GpuInfo>

/** The field of a snapshot that GPU collectors fill. */
export const gpuFields = { gpus: Type.Union([Type.Array(GpuInfo), Type.Null()]) }

/**
 * What the aggregator takes: only `index` must be right. Each card is checked on its own later,
 * so that one wrong value costs that value and not all cards.
 */
export const acceptedFields = {
  gpus: Type.Union([Type.Array(Type.Object({ index: Type.Number() })), Type.Null()]),
}

/**
 * What we ask `--query-gpu` for, each with the names it has had. One name that this driver
 * does not know fails the whole command, so only names from `--help-query-gpu` are used.
 */
const wanted = {
  index: ['index'],
  uuid: ['uuid', 'gpu_uuid'],
  bus_id: ['pci.bus_id', 'gpu_bus_id'],
  util_pct: ['utilization.gpu'],
  mem_total_mb: ['memory.total'],
  mem_used_mb: ['memory.used'],
  mem_reserved_mb: ['memory.reserved'],
  temperature_c: ['temperature.gpu'],
  power_w: ['power.draw', 'power.draw.average', 'gpu.power.draw.average'],
  power_limit_w: ['enforced.power.limit', 'gpu.power.current_limit', 'power.limit'],
  fan_pct: ['fan.speed'],
  clock_graphics: ['clocks.current.graphics', 'clocks.gr'],
  clock_sm: ['clocks.current.sm', 'clocks.sm'],
  clock_memory: ['clocks.current.memory', 'clocks.mem'],
  throttle: ['clocks_event_reasons.active', 'clocks_throttle_reasons.active'],
  ecc_corrected: ['ecc.errors.corrected.volatile.total'],
  ecc_uncorrected: ['ecc.errors.uncorrected.volatile.total'],
  ecc_corrected_total: ['ecc.errors.corrected.aggregate.total'],
  ecc_uncorrected_total: ['ecc.errors.uncorrected.aggregate.total'],
  pcie_gen: ['pcie.link.gen.current', 'pcie.link.gen.gpucurrent'],
  pcie_width: ['pcie.link.width.current'],
  pcie_gen_max: ['pcie.link.gen.max'],
  pcie_width_max: ['pcie.link.width.max'],
  mig: ['mig.mode.current'],
  // Nothing is quoted, and a name may hold a comma: it goes last.
  name: ['name', 'gpu_name'],
} as const

export type SmiField = keyof typeof wanted

/** A column of the answer: what it means to us, and how this driver calls it. */
export interface Column {
  field: SmiField
  query: string
}

/** What every driver of the last ten years knows, where the help cannot be read. */
const core: readonly SmiField[] = [
  'index',
  'uuid',
  'bus_id',
  'util_pct',
  'mem_total_mb',
  'mem_used_mb',
  'temperature_c',
  'name',
]

/** The columns to ask for, from the text of `--help-query-gpu`. */
export function columnsFor(help: string): Column[] {
  const known = new Set(
    [...help.matchAll(/^"[\w.]+"(?: or "[\w.]+")*/gm)].flatMap(([line]) =>
      [...line.matchAll(/"([\w.]+)"/g)].map(([, name]) => name),
    ),
  )
  const found = fields().flatMap((field) => {
    const query = wanted[field].find((name) => known.has(name))
    return query === undefined ? [] : [{ field, query }]
  })
  const isUsable = found.some(({ field }) => field === 'uuid' || field === 'index')
  return isUsable ? found : core.map((field) => ({ field, query: wanted[field][0] }))
}

function fields(): SmiField[] {
  return Object.keys(wanted).filter((key): key is SmiField => key in wanted)
}

import type { CardHour } from '../aggregator/rollup/cards.js'

/** A row of `GET /api/history/hourly`, with the columns of all metrics. */
export interface HourlyRow {
  server_id: number
  ts: number
  samples: number
  gpu_details?: readonly CardHour[] | null
  [column: string]: unknown
}

/** One card of one server in one hour. */
export interface CardHourRow {
  server_id: number
  ts: number
  card: CardHour
}

/** A row for every card; an hour without cards has none. */
export function byCard(rows: readonly HourlyRow[]): CardHourRow[] {
  return rows.flatMap(({ server_id, ts, gpu_details }) =>
    [...(gpu_details ?? [])]
      .sort((a, b) => a.index - b.index)
      .map((card) => ({ server_id, ts, card })),
  )
}

/** The columns of a card; `label` is a message of the plugin. */
export const cardColumns = [
  { metric: 'util_pct', unit: 'percent', label: 'util', fns: ['avg', 'max'] },
  { metric: 'mem_used_mb', unit: 'mebibytes', label: 'memory', fns: ['avg', 'max'] },
  { metric: 'temperature_c', unit: 'celsius', label: 'temperature', fns: ['avg', 'max'] },
  { metric: 'power_w', unit: 'watts', label: 'power', fns: ['avg', 'max'] },
] as const

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

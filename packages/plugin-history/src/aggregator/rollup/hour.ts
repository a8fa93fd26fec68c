import { createGuard, type LatestSnapshot, type Static, Type } from '@mon/core'
import type { HourlyColumn } from '../../columns.js'
import { addCards, type CardHour, type CardSums, isCardSums, toCardHour } from './cards.js'
import { addReading, isSums, resultOf, type SumsByName } from './sums.js'

const Stored = Type.Object({
  last_at: Type.Number(),
  samples: Type.Integer(),
  sums: Type.Record(Type.String(), Type.Unknown()),
  cards: Type.Array(Type.Unknown()),
})

/** What has been read of one server in one hour; it can go on from here. */
export interface HourState extends Omit<Static<typeof Stored>, 'sums' | 'cards'> {
  /** When the last reading had arrived, epoch milliseconds. */
  last_at: number
  /** By the name of the metric. */
  sums: SumsByName
  cards: CardSums[]
}

export interface Hour {
  server_id: number
  /** When it began, epoch seconds. */
  ts: number
  state: HourState
}

export function beginHour(server_id: number, ts: number): Hour {
  return { server_id, ts, state: { last_at: 0, samples: 0, sums: {}, cards: [] } }
}

/** @param fields of the snapshot, by the metric that reads them */
export function addToHour(
  { state }: Hour,
  { latest, at, weight }: { latest: LatestSnapshot; at: number; weight: number },
  fields: ReadonlyMap<string, string>,
): void {
  state.last_at = at
  state.samples += 1
  for (const [metric, field] of fields) addReading(state.sums, metric, latest[field], weight)
  if (Array.isArray(latest.gpus)) addCards(state.cards, latest.gpus, weight)
}

/** Server, hour, number of readings, cards, and then the columns in their order. */
export type HourRow = [
  server_id: number,
  ts: number,
  samples: number,
  gpu_details: CardHour[] | null,
  ...values: (number | null)[],
]

export function toRow({ server_id, ts, state }: Hour, columns: readonly HourlyColumn[]): HourRow {
  const { samples, sums, cards } = state
  return [
    server_id,
    ts,
    samples,
    cards.length === 0 ? null : cards.map(toCardHour),
    ...columns.map(({ metric, fn }) => resultOf(sums[metric], fn)),
  ]
}

const isStored = createGuard(Stored)

/** The state as JSON has kept it. */
export function isHourState(value: unknown): value is HourState {
  return isStored(value) && Object.values(value.sums).every(isSums) && value.cards.every(isCardSums)
}

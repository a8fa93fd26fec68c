import { createGuard, type Static, Type } from '@mon/core'
import { addReading, isSums, resultOf, type SumsByName } from './sums.js'

const TextOrNull = Type.Union([Type.String(), Type.Null()])
const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** One card in one hour, as it stands in `gpu_details`. */
export const CardHour = Type.Object({
  uuid: TextOrNull,
  index: Type.Number({ description: 'Its place when it was read last; `uuid` is what stays' }),
  name: TextOrNull,
  samples: Type.Integer({ description: 'Readings of this card' }),
  util_pct_avg: NumberOrNull,
  util_pct_max: NumberOrNull,
  mem_used_mb_avg: NumberOrNull,
  mem_used_mb_max: NumberOrNull,
  mem_total_mb: NumberOrNull,
  temperature_c_avg: NumberOrNull,
  temperature_c_max: NumberOrNull,
  power_w_avg: NumberOrNull,
  power_w_max: NumberOrNull,
})
export type CardHour = Static<typeof CardHour>

const CardSums = Type.Object({
  uuid: TextOrNull,
  index: Type.Number(),
  name: TextOrNull,
  samples: Type.Integer(),
  sums: Type.Record(Type.String(), Type.Unknown()),
})

/** What has been read of one card in an hour. */
export interface CardSums extends Omit<Static<typeof CardSums>, 'sums'> {
  sums: SumsByName
}

const isStored = createGuard(CardSums)

export function isCardSums(value: unknown): value is CardSums {
  return isStored(value) && Object.values(value.sums).every(isSums)
}

const quantities = ['util_pct', 'mem_used_mb', 'mem_total_mb', 'temperature_c', 'power_w']
/** Against an agent that gives its cards a new name in every answer. */
const MOST_CARDS = 128
const MOST_CHARACTERS = 100

/** Adds what a snapshot says of its cards, whoever made them. */
export function addCards(
  cards: CardSums[],
  gpus: readonly Readonly<Record<string, unknown>>[],
  weight: number,
): void {
  for (const gpu of gpus) {
    // Neither is a reading of now.
    if (gpu.state === 'lost' || gpu.state === 'stale') continue
    const index = Number(gpu.index)
    const uuid = textOf(gpu.uuid)
    const card = cards.find((known) => isSame(known, uuid, index)) ?? begin(cards, uuid)
    if (card === undefined) continue
    card.index = index
    card.name = textOf(gpu.name) ?? card.name
    card.samples += 1
    for (const name of quantities) addReading(card.sums, name, gpu[name], weight)
  }
}

export function toCardHour({ uuid, index, name, samples, sums }: CardSums): CardHour {
  return {
    uuid,
    index,
    name,
    samples,
    util_pct_avg: resultOf(sums.util_pct, 'avg'),
    util_pct_max: resultOf(sums.util_pct, 'max'),
    mem_used_mb_avg: resultOf(sums.mem_used_mb, 'avg'),
    mem_used_mb_max: resultOf(sums.mem_used_mb, 'max'),
    mem_total_mb: resultOf(sums.mem_total_mb, 'last'),
    temperature_c_avg: resultOf(sums.temperature_c, 'avg'),
    temperature_c_max: resultOf(sums.temperature_c, 'max'),
    power_w_avg: resultOf(sums.power_w, 'avg'),
    power_w_max: resultOf(sums.power_w, 'max'),
  }
}

/** An agent of version 1.0 tells its cards apart by their place only. */
function isSame(card: CardSums, uuid: string | null, index: number): boolean {
  return uuid === null ? card.uuid === null && card.index === index : card.uuid === uuid
}

function begin(cards: CardSums[], uuid: string | null): CardSums | undefined {
  if (cards.length >= MOST_CARDS) return undefined
  const card: CardSums = { uuid, index: 0, name: null, samples: 0, sums: {} }
  cards.push(card)
  return card
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MOST_CHARACTERS) : null
}

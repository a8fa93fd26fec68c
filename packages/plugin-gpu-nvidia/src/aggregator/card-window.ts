import { type Static, Type } from '@mon/core'
import type { GpuInfo } from '../gpu-info.js'

/** A point stands for so many seconds. */
export const STEP_S = 15
/** One hour. */
const POINTS = 240

const columns = ['util_pct', 'mem_used_mb', 'temperature_c', 'power_w'] as const

const Values = Type.Array(Type.Union([Type.Number(), Type.Null()]))

/** What `GET /api/gpus/live` answers: columns of the same length, oldest first. */
export const CardSeries = Type.Object({
  step_s: Type.Number({ description: 'A point is the greatest value within so many seconds' }),
  ts: Type.Array(Type.Number(), { description: 'Epoch seconds at which each point begins' }),
  cards: Type.Array(
    Type.Object({
      index: Type.Number(),
      uuid: Type.Union([Type.String(), Type.Null()]),
      name: Type.Union([Type.String(), Type.Null()]),
      series: Type.Object({
        util_pct: Values,
        mem_used_mb: Values,
        temperature_c: Values,
        power_w: Values,
      }),
    }),
  ),
})
export type CardSeries = Static<typeof CardSeries>

/** The last hour of every card in memory, 5 KB each. */
export interface CardWindow {
  add(serverId: number, cards: readonly GpuInfo[], at: number): void
  forget(serverId: number): void
  read(serverId: number, from: number, to: number): CardSeries
}

interface Line {
  card: GpuInfo
  /** The step that each place of the ring was last written for. */
  steps: Int32Array
  /** The columns of a place side by side, so that a poll touches one line of the cache for each card. */
  values: Float32Array
}

export function createCardWindow(): CardWindow {
  const servers = new Map<number, Map<string, Line>>()

  return {
    add(serverId, cards, at) {
      const lines = servers.get(serverId) ?? new Map<string, Line>()
      servers.set(serverId, lines)
      for (const card of cards) {
        const key = card.uuid ?? `#${card.index}`
        const line = lines.get(key) ?? createLine(card)
        lines.set(key, line)
        line.card = card
        write(line, Math.floor(at / STEP_S), card)
      }
    },
    forget: (serverId) => void servers.delete(serverId),
    read(serverId, from, to) {
      const lines = [...(servers.get(serverId)?.values() ?? [])]
      const steps = stepsWithin(lines, from, to)
      return {
        step_s: STEP_S,
        ts: steps.map((step) => step * STEP_S),
        cards: lines
          .map((line) => ({
            index: line.card.index,
            uuid: line.card.uuid ?? null,
            name: line.card.name ?? null,
            series: {
              util_pct: readColumn(line, 0, steps),
              mem_used_mb: readColumn(line, 1, steps),
              temperature_c: readColumn(line, 2, steps),
              power_w: readColumn(line, 3, steps),
            },
          }))
          .sort((a, b) => a.index - b.index),
      }
    },
  }
}

function createLine(card: GpuInfo): Line {
  return {
    card,
    steps: new Int32Array(POINTS).fill(-1),
    values: new Float32Array(POINTS * columns.length).fill(Number.NaN),
  }
}

function write({ steps, values }: Line, step: number, card: GpuInfo): void {
  const place = step % POINTS
  const isNew = steps[place] !== step
  steps[place] = step
  let at = place * columns.length
  for (const column of columns) {
    const before = isNew ? Number.NaN : (values[at] ?? Number.NaN)
    const value = card[column] ?? Number.NaN
    // Where one of them is unknown the other one counts.
    values[at] = Number.isNaN(before) || value > before ? value : before
    at += 1
  }
}

/** From the first step that any card has to the last; those between are gaps where none has them. */
function stepsWithin(lines: readonly Line[], from: number, to: number): number[] {
  const first = Math.floor(from / STEP_S)
  const last = Math.floor(to / STEP_S)
  const known = lines.flatMap(({ steps }) => [...steps].filter((s) => s >= first && s <= last))
  if (known.length === 0) return []
  const begin = known.reduce((least, step) => Math.min(least, step))
  const end = known.reduce((most, step) => Math.max(most, step))
  return Array.from({ length: end - begin + 1 }, (_, offset) => begin + offset)
}

function readColumn({ steps, values }: Line, column: number, wanted: readonly number[]) {
  return wanted.map((step) => {
    const place = step % POINTS
    const known = steps[place] === step
    const value = known ? (values[place * columns.length + column] ?? Number.NaN) : Number.NaN
    // Seven digits are what 32 bits hold.
    return Number.isNaN(value) ? null : Number(value.toPrecision(7))
  })
}

import { type Static, Type } from 'typebox'
import { NumberOrNull } from '../snapshot/snapshot.js'
import { type Segment, timesOf, valuesOf } from './page-rows.js'

const Values = Type.Array(NumberOrNull)

/** What `GET /api/servers/:id/live` answers: columns of the same length, oldest first. */
export const LiveSeries = Type.Object({
  from: Type.Number({ description: 'Epoch seconds' }),
  to: Type.Number({ description: 'Epoch seconds' }),
  whole_from: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Points from here on are one poll each; those before stand for the 30 s from their time on. null: there is no point of one poll',
  }),
  ts: Type.Array(Type.Number(), {
    description: 'Epoch seconds, by the clock of the aggregator, when the answer had arrived',
  }),
  series: Type.Record(Type.String(), Type.Object({ min: Values, max: Values }), {
    description:
      'By the name of the metric: the least and the greatest value of each point, the same where it is one poll. null is a gap',
  }),
})
export type LiveSeries = Static<typeof LiveSeries>

export interface SeriesOptions {
  from: number
  to: number
  /** Names, in the order of the columns. */
  metrics: readonly string[]
}

/** Puts rows together column by column. */
export function toSeries(
  segments: readonly Segment[],
  { from, to, metrics }: SeriesOptions,
): LiveSeries {
  const firstWhole = segments.find(isWhole)
  const columnOf = (index: (segment: Segment) => number) =>
    segments.flatMap((segment) => Array.from(valuesOf(segment, index(segment)), readable))
  return {
    from,
    to,
    whole_from: firstWhole === undefined ? null : (timesOf(firstWhole)[0] ?? null),
    ts: segments.flatMap((segment) => Array.from(timesOf(segment))),
    series: Object.fromEntries(
      metrics.map((name, metric) => [
        name,
        {
          min: columnOf(() => metric),
          max: columnOf((segment) => (isWhole(segment) ? metric : metric + metrics.length)),
        },
      ]),
    ),
  }
}

function isWhole({ page }: Segment): boolean {
  return page.queue.kind === 'whole'
}

/** A value of seven digits, which is what 32 bits hold: 12.3 comes out as 12.3. */
function readable(value: number): number | null {
  if (Number.isInteger(value)) return value
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null
}

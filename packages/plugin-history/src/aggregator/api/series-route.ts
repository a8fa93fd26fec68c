import { type RoutePlugin, type Static, Type } from '@mon/core'
import type { HourlyColumn } from '../../columns.js'
import { HOUR_S } from '../../table.js'
import type { Readers } from '../reading/readers.js'
import type { SeriesQuery } from '../reading/series.js'
import { fieldsParameter, filterParameters, parseTime, toColumns, toFilter } from './query.js'

const DEFAULT_RANGE_S = 7 * 24 * HOUR_S
/** Server-hours of one column; more is work for the patient reader. */
const QUICK_CELLS = 20_000

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** Columns of the same length, as charts take them. */
export const HistorySeries = Type.Object({
  from: Type.Integer({ description: 'The first point, epoch seconds' }),
  to: Type.Integer(),
  step_s: Type.Integer({ description: 'From one point to the next, seconds: whole hours' }),
  ts: Type.Array(Type.Integer(), { description: 'When each point begins' }),
  series: Type.Array(
    Type.Object({
      server_id: Type.Integer(),
      field: Type.String(),
      values: Type.Array(NumberOrNull, {
        description: 'By its kind the mean, the greatest, the least or the last; null is a gap',
      }),
      min: Type.Optional(Type.Array(NumberOrNull)),
      max: Type.Optional(Type.Array(NumberOrNull)),
      hours: Type.Optional(
        Type.Array(Type.Integer(), {
          description:
            'How many hours each point has; fewer than step_s holds: part of it is a gap',
        }),
      ),
    }),
  ),
})
export type HistorySeries = Static<typeof HistorySeries>

export interface SeriesRouteOptions {
  readers: Readers
  /** Of the table, without `gpu_details`. */
  columns: readonly string[]
  declared: readonly HourlyColumn[]
  /** Epoch seconds. */
  now(): number
}

/** `GET /series`: what a chart of some servers and columns needs. */
export function seriesRoute({ readers, columns, declared, now }: SeriesRouteOptions): RoutePlugin {
  const values = columns.filter((name) => !['server_id', 'ts'].includes(name))
  const kinds = new Map(declared.map(({ name, fn }) => [name, fn]))

  return async (app) => {
    app.get(
      '/series',
      {
        schema: {
          summary: 'The history of some servers for a chart',
          description:
            'Thinned to no more points than are asked for, each of whole hours. Where a point ' +
            'stands for more than one hour, its least and greatest value are told as well, so that ' +
            'no peak is hidden. The last seven days unless told.',
          tags: ['history'],
          querystring: Type.Object(
            {
              ...filterParameters,
              server_id: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 50 }),
              fields: { ...fieldsParameter, minItems: 1, maxItems: 20 },
              points: Type.Integer({
                minimum: 10,
                maximum: 5000,
                default: 720,
                description: 'At most so many',
              }),
            },
            { additionalProperties: false },
          ),
          response: { 200: Type.Unsafe<Buffer>(HistorySeries) },
        },
      },
      async ({ query }, reply) => {
        const wanted = toColumns(query.fields, values)
        const series = toSeriesQuery({ ...query, now: now() })
        const cells = (series.server_ids.length * (series.to - series.from)) / HOUR_S
        const reader = cells <= QUICK_CELLS ? readers.quick : readers.patient
        const columns = wanted.map((name) => ({ name, fn: kinds.get(name) ?? 'avg' }))
        const { body } = await reader.call('series', { ...series, columns })
        return reply
          .type('application/json; charset=utf-8')
          .header('cache-control', 'private, no-cache')
          .send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
      },
    )
  }
}

interface Wish {
  server_id: number[]
  from?: string
  to?: string
  points: number
  now: number
}

/**
 * Points begin at multiples of their length, so that they stay where they are when time goes on, and
 * there may be one more of them for that.
 */
function toSeriesQuery({ now, points, server_id, ...range }: Wish): Omit<SeriesQuery, 'columns'> {
  const to = range.to ?? String(now)
  const from = range.from ?? String(parseTime('to', to) - DEFAULT_RANGE_S)
  const filter = toFilter({ server_id, from, to })
  const hours = (filter.to - filter.from) / HOUR_S
  const step_s = Math.max(1, Math.ceil(hours / (points - 1))) * HOUR_S
  return {
    server_ids: filter.server_ids,
    from: Math.floor(filter.from / step_s) * step_s,
    to: filter.to,
    step_s,
  }
}

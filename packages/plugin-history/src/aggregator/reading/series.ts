import type { ReadConnection } from '@mon/core'
import { HOUR_S, TABLE } from '../../table.js'
import { quote } from './filter.js'

export interface SeriesQuery {
  server_ids: readonly number[]
  /** How the hours of one point become one number. */
  columns: readonly { name: string; fn: 'avg' | 'max' | 'min' | 'last' }[]
  /** The time of the first point, epoch seconds. */
  from: number
  to: number
  /** From one point to the next, seconds: whole hours. */
  step_s: number
}

/** The hours of some servers, thinned to points of `step_s`, as JSON. */
export function readSeries(
  connection: ReadConnection,
  { server_ids, columns, from, to, step_s }: SeriesQuery,
): Uint8Array {
  const count = Math.max(0, Math.ceil((to - from) / step_s))
  const ts = Array.from({ length: count }, (_, place) => from + place * step_s)
  const cells = columns.map(({ name }) => quote(name))
  const series = server_ids.flatMap((server_id) => {
    const points = columns.map(({ fn }) => createPoints(count, fn))
    const rows = connection.rows(
      `SELECT ts, samples, ${cells.join()} FROM ${TABLE}
       WHERE server_id = ? AND ts >= ? AND ts < ? ORDER BY ts`,
      [server_id, from, to],
    )
    for (const [at, samples, ...values] of rows) {
      const place = Math.floor((Number(at) - from) / step_s)
      values.forEach((value, column) => {
        if (typeof value === 'number') points[column]?.add(place, value, Number(samples))
      })
    }
    return columns.map(({ name }, place) => ({
      server_id,
      field: name,
      ...points[place]?.columns(step_s > HOUR_S),
    }))
  })
  return Buffer.from(JSON.stringify({ from, to, step_s, ts, series }))
}

function createPoints(count: number, fn: SeriesQuery['columns'][number]['fn']) {
  const sums = new Float64Array(count)
  const weights = new Float64Array(count)
  const min = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const max = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const last = new Float64Array(count).fill(Number.NaN)
  const hours = new Uint16Array(count)

  function valueAt(place: number): number {
    if (fn === 'avg') return (sums[place] ?? 0) / (weights[place] ?? 0)
    return { max, min, last }[fn][place] ?? Number.NaN
  }

  return {
    add(place: number, value: number, samples: number) {
      // An hour with few readings weighs little.
      const weight = Math.max(1, samples)
      sums[place] = (sums[place] ?? 0) + value * weight
      weights[place] = (weights[place] ?? 0) + weight
      min[place] = Math.min(min[place] ?? value, value)
      max[place] = Math.max(max[place] ?? value, value)
      last[place] = value
      hours[place] = (hours[place] ?? 0) + 1
    },
    columns(isThinned: boolean) {
      const values = Array.from({ length: count }, (_, place) => readable(valueAt(place)))
      if (!isThinned) return { values }
      return {
        values,
        min: Array.from(min, readable),
        max: Array.from(max, readable),
        hours: Array.from(hours),
      }
    },
  }
}

/** What no hour has filled is null. */
function readable(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : null
}

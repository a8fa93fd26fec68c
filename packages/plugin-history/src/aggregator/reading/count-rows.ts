import type { ReadConnection } from '@mon/core'
import { type Filter, selectBy, spanOf } from './filter.js'
import type { Direction } from './order.js'

const DAY_S = 86_400

/** Counts rows. Of all servers together it knows whole days by heart until they change. */
export interface RowCounter {
  count(filter: Filter): number
  /**
   * Leaves whole days out of a filter over all servers instead of skipping their rows one by one.
   * @returns what is left of both
   */
  skipDays(filter: Filter, direction: Direction, offset: number): Skipped
  /** Hours from `from` to before `to` have changed. */
  changed(from: number, to: number): void
}

export interface Skipped {
  filter: Filter
  offset: number
}

export function createRowCounter(connection: ReadConnection): RowCounter {
  const days = new Map<number, number>()

  function countDirectly(filter: Filter): number {
    const access = filter.server_ids.length === 0 ? 'time' : 'server'
    const { sql, parameters } = selectBy(access, filter)
    const [[rows] = []] = connection.rows(`SELECT count(*) FROM ${sql}`, parameters)
    return Number(rows)
  }

  /** The days from `first` to before `last`. */
  function countDays(first: number, last: number): number {
    const all = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place)
    const missing = all.filter((day) => !days.has(day))
    const [from] = missing
    const to = missing.at(-1)
    if (from !== undefined && to !== undefined) fill(from, to + 1)
    return all.reduce((total, day) => total + (days.get(day) ?? 0), 0)
  }

  function fill(first: number, last: number): void {
    for (let day = first; day < last; day += 1) days.set(day, 0)
    const range = { server_ids: [], from: first * DAY_S, to: last * DAY_S }
    const { sql, parameters } = selectBy('time', range)
    const counts = `SELECT ts / ${DAY_S}, count(*) FROM ${sql} GROUP BY ts / ${DAY_S}`
    for (const [day, rows] of connection.rows(counts, parameters)) {
      days.set(Number(day), Number(rows))
    }
  }

  return {
    count(filter) {
      if (filter.server_ids.length > 0) return countDirectly(filter)
      const [from, to] = within(connection, filter)
      const first = Math.ceil(from / DAY_S)
      const last = Math.floor(to / DAY_S)
      if (first >= last) return countDirectly(filter)
      return (
        countDirectly({ server_ids: [], from, to: first * DAY_S }) +
        countDays(first, last) +
        countDirectly({ server_ids: [], from: last * DAY_S, to })
      )
    },
    skipDays(filter, direction, offset) {
      const [from, to] = within(connection, filter)
      const first = Math.ceil(from / DAY_S)
      const last = Math.floor(to / DAY_S)
      if (first >= last) return { filter, offset }
      const isBackward = direction === 'desc'
      countDays(first, last)
      const edge = isBackward ? { from: last * DAY_S, to } : { from, to: first * DAY_S }
      let rows = countDirectly({ server_ids: [], ...edge })
      let left = offset
      let day = isBackward ? last : first
      while (left >= rows && day >= first && day <= last) {
        left -= rows
        // Now the border of the filter, and then the day beyond it.
        filter = { ...filter, [isBackward ? 'to' : 'from']: day * DAY_S }
        rows = days.get(isBackward ? day - 1 : day) ?? Number.POSITIVE_INFINITY
        day += isBackward ? -1 : 1
      }
      return { filter, offset: left }
    },
    changed(from, to) {
      for (const day of [...days.keys()]) {
        if (day * DAY_S < to && (day + 1) * DAY_S > from) days.delete(day)
      }
    },
  }
}

/** The range of the filter, no wider than the table. */
function within(connection: ReadConnection, { from, to }: Filter): [from: number, to: number] {
  const span = spanOf(connection)
  return span === null ? [0, 0] : [Math.max(from, span.oldest), Math.min(to, span.newest + 1)]
}

import type { OpenMethods } from '@mon/core'
import { createRowCounter } from './count-rows.js'
import { type CsvPart, type CsvQuery, readCsvPart } from './csv-part.js'
import { type Page, type PageQuery, readPage } from './page.js'
import { readSeries, type SeriesQuery } from './series.js'

/** What is read from the history, in a thread beside a connection of its own. */
export interface HistoryReader {
  /** With how many rows the filter has in all. */
  page(query: PageQuery): Page & { total: number }
  csv(query: CsvQuery): CsvPart
  series(query: SeriesQuery): { body: Uint8Array }
  /** Hours from `from` to before `to` have changed. */
  changed(range: { from: number; to: number }): null
}

export const open: OpenMethods<HistoryReader> = (connection) => {
  const counter = createRowCounter(connection)
  return {
    page(query) {
      const { filter, order, offset } = query
      const isAllInTime = filter.server_ids.length === 0 && order.sort === 'ts'
      const isFar = isAllInTime && query.after === null && offset > 0
      const skipped = isFar ? counter.skipDays(filter, order.direction, offset) : null
      return { ...readPage(connection, { ...query, ...skipped }), total: counter.count(filter) }
    },
    csv: (query) => readCsvPart(connection, query),
    series: (query) => ({ body: readSeries(connection, query) }),
    changed({ from, to }) {
      counter.changed(from, to)
      return null
    },
  }
}

import { columnStart, type Page, type PagePool, type PageQueue, timeOfLast } from './page-pool.js'

/** Rows of a page that follow each other. */
export interface Segment {
  page: Page
  start: number
  end: number
}

/** Adds a sample; a value that is not known is NaN. */
export function writeWhole(
  pool: PagePool,
  queue: PageQueue,
  ts: number,
  sample: readonly number[],
): void {
  const page = addRow(pool, queue, ts)
  if (page === undefined) return
  for (const [metric, value] of sample.entries()) {
    page.slab.values[columnStart(page, metric) + page.length - 1] = value
  }
}

/** Widens the row of this time, which is the last one or a new one, so that it holds the sample. */
export function writeCoarse(
  pool: PagePool,
  queue: PageQueue,
  ts: number,
  sample: readonly number[],
): void {
  const last = queue.pages.at(-1)
  if (last !== undefined && timeOfLast(last) === ts) {
    widenLast(last, sample)
    return
  }
  const page = addRow(pool, queue, ts)
  if (page === undefined) return
  for (let column = 0; column < 2 * sample.length; column += 1) {
    page.slab.values[columnStart(page, column) + page.length - 1] = Number.NaN
  }
  widenLast(page, sample)
}

/** The rows from `from` to `to`, both included. */
export function cut(queue: PageQueue, from: number, to: number): Segment[] {
  return queue.pages.flatMap((page) => {
    const times = timesOf({ page, start: 0, end: page.length })
    const start = times.findIndex((ts) => ts >= from)
    const end = times.findLastIndex((ts) => ts <= to) + 1
    return start >= 0 && start < end ? [{ page, start, end }] : []
  })
}

export function timesOf({ page: { slab, start: first }, start, end }: Segment): Float64Array {
  return slab.times.subarray(first + start, first + end)
}

export function valuesOf({ page, start, end }: Segment, column: number): Float32Array {
  const first = columnStart(page, column)
  return page.slab.values.subarray(first + start, first + end)
}

/** @returns the page that has the row as its last */
function addRow(pool: PagePool, queue: PageQueue, ts: number): Page | undefined {
  const last = queue.pages.at(-1)
  const isFull = last === undefined || last.length === queue.rows
  const page = isFull ? pool.extend(queue) : last
  if (page === undefined) return undefined
  page.slab.times[page.start + page.length] = ts
  page.length += 1
  return page
}

/** The columns are the least value of each metric, and then the greatest of each. */
function widenLast(page: Page, sample: readonly number[]): void {
  const { values } = page.slab
  for (const [metric, value] of sample.entries()) {
    if (Number.isNaN(value)) continue
    const min = columnStart(page, metric) + page.length - 1
    const max = columnStart(page, metric + sample.length) + page.length - 1
    // What is not known yet is NaN, which is neither less nor greater.
    if (!(Number(values[min]) <= value)) values[min] = value
    if (!(Number(values[max]) >= value)) values[max] = value
  }
}

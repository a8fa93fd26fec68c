import { createFifo } from './fifo.js'

/** Samples as they came, or 30 s in two values a metric. */
export type RowKind = 'whole' | 'coarse'

/** Rows of one server in a piece of a slab: their times, and then their values column by column. */
export interface Page {
  readonly slab: Slab
  /** Where it begins, in units of 8 bytes. */
  readonly start: number
  /** How many rows are filled. */
  length: number
  readonly queue: PageQueue
}

/** A piece of memory that many pages share, seen as what they are made of. */
interface Slab {
  readonly times: Float64Array
  readonly values: Float32Array
}

/** The rows of one server, oldest first; only the last page has room. */
export interface PageQueue {
  readonly kind: RowKind
  /** How many rows a page of this kind holds. */
  readonly rows: number
  readonly pages: Page[]
  /** Up to this time, epoch seconds, rows have been given up. */
  lost_until: number
}

export interface PagePoolOptions {
  /** For all pages together. */
  budget_bytes: number
  /** How many values a row has. */
  columns: Readonly<Record<RowKind, number>>
}

/** Hands out memory within a budget; when that is spent, the oldest pages of all are given up. */
export interface PagePool {
  createQueue(kind: RowKind): PageQueue
  /** Adds an empty page; undefined where the whole budget has no room for it. */
  extend(queue: PageQueue): Page | undefined
  /** Gives up the oldest page. */
  shorten(queue: PageQueue): void
  bytes(): number
}

/** Few, so that a fleet of thousands does not fill the budget with pages just begun. */
const WHOLE_ROWS = 16
/** What the engine takes for a page beside its rows: objects, and its place in the order. */
const OVERHEAD_BYTES = 200
const PAGES_PER_SLAB = 256

/**
 * Coarse rows may take at most half of the budget, so that the newest samples stay whole
 * however many servers there are; whole rows may take all that coarse ones leave.
 */
export function createPagePool({ budget_bytes, columns }: PagePoolOptions): PagePool {
  const rowBytes = { whole: 8 + 4 * columns.whole, coarse: 8 + 4 * columns.coarse }
  const pageBytes = WHOLE_ROWS * rowBytes.whole
  const maxPages = Math.floor(budget_bytes / (pageBytes + OVERHEAD_BYTES))
  const held = { whole: createFifo<Page>(), coarse: createFifo<Page>() }
  const free: Pick<Page, 'slab' | 'start'>[] = []
  let slabPages = 0

  function extend(queue: PageQueue): Page | undefined {
    const { kind } = queue
    const isCoarseFull = kind === 'coarse' && held.coarse.size() >= Math.floor(maxPages / 2)
    if (isCoarseFull) giveUp('coarse')
    else if (used() >= maxPages) giveUp(held.whole.size() > 0 ? 'whole' : 'coarse')
    if (free.length === 0) addSlab()
    const place = free.pop()
    if (place === undefined) return undefined
    const page = { ...place, length: 0, queue }
    held[kind].push(page)
    queue.pages.push(page)
    return page
  }

  function used(): number {
    return held.whole.size() + held.coarse.size()
  }

  function addSlab(): void {
    const pages = Math.min(PAGES_PER_SLAB, maxPages - slabPages)
    const memory = new ArrayBuffer(pages * pageBytes)
    const slab = { times: new Float64Array(memory), values: new Float32Array(memory) }
    for (let page = pages - 1; page >= 0; page -= 1) {
      free.push({ slab, start: (page * pageBytes) / 8 })
    }
    slabPages += pages
  }

  function giveUp(kind: RowKind): void {
    const oldest = held[kind].shift()
    if (oldest !== undefined) release(oldest)
  }

  /** The oldest page of all is the oldest of its queue, too. */
  function release(page: Page): void {
    const { slab, start, queue } = page
    queue.pages.shift()
    queue.lost_until = timeOfLast(page) ?? queue.lost_until
    free.push({ slab, start })
  }

  return {
    createQueue: (kind) => ({
      kind,
      rows: Math.floor(pageBytes / rowBytes[kind]),
      pages: [],
      lost_until: Number.NEGATIVE_INFINITY,
    }),
    extend,
    shorten(queue) {
      const [oldest] = queue.pages
      if (oldest === undefined) return
      held[queue.kind].delete(oldest)
      release(oldest)
    },
    bytes: () => used() * (pageBytes + OVERHEAD_BYTES),
  }
}

/** The time of the last row; undefined where there is none. */
export function timeOfLast({ slab, start, length }: Page): number | undefined {
  return length === 0 ? undefined : slab.times[start + length - 1]
}

/** Where the values of a column begin in `slab.values`. */
export function columnStart({ start, queue }: Page, column: number): number {
  return (start + queue.rows) * 2 + column * queue.rows
}

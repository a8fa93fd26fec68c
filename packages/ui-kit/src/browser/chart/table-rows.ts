import type { ChartData, ChartRange } from './chart-data.js'
import { type Extent, extentAt } from './extent.js'

export interface TableRows {
  /** How long a row stands for, seconds; null where each is one point. */
  step: number | null
  /** Newest first. */
  rows: readonly TableRow[]
}

export interface TableRow {
  /** When it begins, epoch seconds. */
  at: number
  /** By series; null where nothing is known. */
  cells: (Extent | null)[]
}

const hour = 3600
const day = 24 * hour
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, hour, 3 * hour, 6 * hour, day]

/**
 * The points of a range, or so many rows that stand for several points each. A row says the
 * least and the greatest of them, so that no peak is hidden.
 */
export function tableRows(data: ChartData, { from, to }: ChartRange, limit: number): TableRows {
  const points = [...data.ts.entries()].filter(([, at]) => at >= from && at <= to)
  const step = points.length <= limit ? null : stepFor((to - from) / (limit - 1))
  const rows = new Map<number, TableRow>()
  for (const [index, at] of points) {
    const start = step === null ? at : Math.floor(at / step) * step
    const cells = data.series.map((each) => extentAt(each, index))
    const row = rows.get(start)
    if (row === undefined) rows.set(start, { at: start, cells })
    else row.cells = row.cells.map((cell, series) => union(cell, cells[series] ?? null))
  }
  return { step, rows: [...rows.values()].reverse() }
}

/** A round step, so that a row stands still while time goes on. */
function stepFor(least: number): number {
  return steps.find((step) => step >= least) ?? Math.ceil(least / day) * day
}

function union(a: Extent | null, b: Extent | null): Extent | null {
  if (a === null || b === null) return a ?? b
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}

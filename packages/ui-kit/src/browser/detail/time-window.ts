import type { ChartRange } from '../chart/chart-data.js'
import { toIso } from '../date-range/zoned-time.js'
import type { QueryChanges } from '../route.js'

/** How much of the past is shown. */
export const windows = ['5m', '15m', '60m'] as const
export type TimeWindow = (typeof windows)[number]

export function minutesOf(window: TimeWindow): number {
  return Number.parseInt(window, 10)
}

/** `win` of the URL; an hour unless it names another. */
export function readWindow(query: (name: string) => string | null): TimeWindow {
  const win = query('win')
  return windows.find((window) => window === win) ?? '60m'
}

/** `from` and `to` of the URL, ISO 8601 with an offset; undefined where they make no range. */
export function readZoom(query: (name: string) => string | null): ChartRange | undefined {
  const from = readTime(query('from'))
  const to = readTime(query('to'))
  return from < to ? { from, to } : undefined
}

/** Another window is seen as a whole. */
export function writeWindow(window: TimeWindow): QueryChanges {
  return { win: window === '60m' ? null : window, from: null, to: null }
}

/** At least two seconds, as a URL has whole ones. */
export function writeZoom(range: ChartRange | null, timeZone: string | undefined): QueryChanges {
  if (range === null) return { from: null, to: null }
  const from = Math.floor(range.from)
  const to = Math.max(Math.ceil(range.to), from + 2)
  return { from: toIso(from, timeZone), to: toIso(to, timeZone) }
}

/** A plus sign that somebody typed into an address has become a space. */
function readTime(text: string | null): number {
  return Date.parse(text?.replace(' ', '+') ?? '') / 1000
}

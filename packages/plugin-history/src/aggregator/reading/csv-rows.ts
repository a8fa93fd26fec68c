import type { SqlValue } from '@mon/core'
import type { CardHour } from '../rollup/cards.js'

/** What stands for one card where each has a row of its own. */
export const cardKeys = [
  'uuid',
  'index',
  'name',
  'samples',
  'util_pct_avg',
  'util_pct_max',
  'mem_used_mb_avg',
  'mem_used_mb_max',
  'mem_total_mb',
  'temperature_c_avg',
  'temperature_c_max',
  'power_w_avg',
  'power_w_max',
] as const satisfies readonly (keyof CardHour)[]

const timeColumns = ['server_id', 'server', 'time', 'ts']

/** The first line, with the mark by which spreadsheets know UTF-8. */
export function csvHeader(columns: readonly string[], perCard: boolean): string {
  const cards = perCard ? cardKeys.map((key) => `card_${key}`) : []
  return `\uFEFF${line([...timeColumns, ...columns, ...cards])}`
}

/** A row of the table: server, hour, cards, and then the columns in their order. */
export type CsvRow = readonly [server_id: number, ts: number, cards: SqlValue, ...SqlValue[]]

/** One line, or one for each card. */
export function csvLines(
  [server_id, ts, cards, ...values]: CsvRow,
  server: string,
  perCard: boolean,
): string {
  const cells = [server_id, server, localTime(ts), ts, ...values]
  if (!perCard) return line(cells)
  const found = cardsOf(cards)
  if (found.length === 0) return line([...cells, ...cardKeys.map(() => null)])
  return found.map((card) => line([...cells, ...cardKeys.map((key) => cellOf(card[key]))])).join('')
}

function line(cells: readonly SqlValue[]): string {
  return `${cells.map(cellText).join()}\r\n`
}

function cellText(value: SqlValue): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'string') return quoted(neutral(value))
  return typeof value === 'bigint' ? String(value) : ''
}

/** A spreadsheet would run a text that begins so as a formula. */
function neutral(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows of one hour follow each other. */
let lastTs = Number.NaN
let lastTime = ''

/** By the clock of the centre, with its offset: `2026-11-24T18:00:00+08:00`. */
export function localTime(ts: number): string {
  if (ts === lastTs) return lastTime
  const minutes = -new Date(ts * 1000).getTimezoneOffset()
  const shown = new Date((ts + minutes * 60) * 1000).toISOString().slice(0, 19)
  const offset = Math.abs(minutes)
  const two = (number: number) => String(number).padStart(2, '0')
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`
  lastTs = ts
  lastTime = `${shown}${zone}`
  return lastTime
}

function cardsOf(text: SqlValue): Record<string, unknown>[] {
  try {
    const cards: unknown = JSON.parse(String(text))
    return Array.isArray(cards) ? cards : []
  } catch {
    return []
  }
}

function cellOf(value: unknown): SqlValue {
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

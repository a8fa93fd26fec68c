import { MonError, Type } from '@mon/core'
import type { Filter } from '../reading/filter.js'
import type { Position } from '../reading/order.js'

/** What chooses rows, the same on every route. */
export const filterParameters = {
  server_id: Type.Array(Type.Integer({ minimum: 1 }), {
    maxItems: 1000,
    default: [],
    description: 'Ids of servers; repeat it for several. All unless given',
  }),
  from: Type.Optional(
    Type.String({ maxLength: 40, description: 'Inclusive; epoch seconds or ISO 8601' }),
  ),
  to: Type.Optional(
    Type.String({ maxLength: 40, description: 'Exclusive; epoch seconds or ISO 8601' }),
  ),
}

/** Some names of columns, in the order in which they are wanted. */
export const fieldsParameter = Type.Array(Type.String({ maxLength: 2000 }), {
  maxItems: 200,
  default: [],
  description: 'Names of columns, separated by commas or repeated. All unless given',
})

export const gpuParameter = (description: string) =>
  Type.Enum(['0', '1'], { default: '0', description })

export interface FilterQuery {
  server_id: number[]
  from?: string
  to?: string
}

/** Beyond all time, and still a whole number for SQLite. */
const FOREVER = Number.MAX_SAFE_INTEGER

/** @throws MonError REQUEST_INVALID */
export function toFilter({ server_id, from, to }: FilterQuery): Filter {
  const filter = {
    server_ids: [...new Set(server_id)].sort((a, b) => a - b),
    from: from === undefined ? -FOREVER : parseTime('from', from),
    to: to === undefined ? FOREVER : parseTime('to', to),
  }
  if (filter.from < filter.to) return filter
  throw invalid(`query.from must be before query.to (got "${from}" and "${to}")`)
}

const isoTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Epoch seconds, rounded up: hours begin at whole seconds. A time without an offset is UTC.
 *
 * @throws MonError REQUEST_INVALID
 */
export function parseTime(name: string, text: string): number {
  // A plus that was not encoded arrives as a blank.
  const iso = text
    .trim()
    .replace(/ (\d\d:?\d\d)$/, (blank, offset, place) =>
      text.slice(0, place).includes(':') ? `+${offset}` : blank,
    )
  const seconds = /^-?\d+(?:\.\d+)?$/.test(iso) ? Number(iso) : parseIso(iso)
  if (Math.abs(seconds) <= FOREVER) return Math.ceil(seconds)
  throw invalid(
    `query.${name} must be epoch seconds or ISO 8601, such as 2026-03-01T00:00:00Z (got ${JSON.stringify(text)})`,
  )
}

function parseIso(text: string): number {
  if (!isoTime.test(text)) return Number.NaN
  const isDate = text.length === 10
  const hasOffset = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10))
  return Date.parse(isDate || hasOffset ? text : `${text}Z`) / 1000
}

/** @throws MonError REQUEST_INVALID */
export function toColumns(fields: readonly string[], known: readonly string[]): readonly string[] {
  const wanted = [...new Set(fields.flatMap((text) => text.split(',')))].filter(Boolean)
  const wrong = wanted.find((name) => !known.includes(name))
  if (wrong !== undefined) {
    throw invalid(
      `query.fields must be of ${known.join(', ')} (got ${JSON.stringify(wrong.slice(0, 60))})`,
    )
  }
  return wanted.length === 0 ? known : wanted
}

/** A position as it travels in the address of the next page. */
export function toCursor({ value, ts, server_id }: Position): string {
  return Buffer.from(JSON.stringify([value, ts, server_id])).toString('base64url')
}

/** @throws MonError REQUEST_INVALID */
export function parseCursor(text: string): Position {
  const [value, ts, server_id] = partsOf(text)
  const isValue = value === null || typeof value === 'number' || typeof value === 'string'
  if (isValue && Number.isSafeInteger(ts) && Number.isSafeInteger(server_id)) {
    return { value, ts: Number(ts), server_id: Number(server_id) }
  }
  throw invalid(
    `query.after must be taken from the Link header of the page before (got ${JSON.stringify(text.slice(0, 60))})`,
  )
}

function partsOf(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

function invalid(what: string): MonError {
  return new MonError('REQUEST_INVALID', `${what}.`)
}

import { createGuard, type Static, Type } from '@mon/core'
import type { HourlyFunction } from '../../columns.js'

const Stored = Type.Object({
  sum: Type.Number(),
  weight: Type.Number(),
  min: Type.Number(),
  max: Type.Number(),
  last: Type.Number(),
})

/** Readings of one value, added up: `sum` is of value times weight, weights are seconds. */
export type Sums = Static<typeof Stored>
export const isSums = createGuard(Stored)

export type SumsByName = Record<string, Sums>

/** Adds a reading to the sums of a name; what is not a number is no reading. */
export function addReading(sums: SumsByName, name: string, value: unknown, weight: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) return
  const known = sums[name]
  if (known === undefined) {
    sums[name] = { sum: value * weight, weight, min: value, max: value, last: value }
    return
  }
  known.sum += value * weight
  known.weight += weight
  known.min = Math.min(known.min, value)
  known.max = Math.max(known.max, value)
  known.last = value
}

/** Null where there was no reading. */
export function resultOf(sums: Sums | undefined, fn: HourlyFunction): number | null {
  if (sums === undefined) return null
  return fn === 'avg' ? average(sums) : sums[fn]
}

/** Nine digits are more than any sensor has; the rest would be noise of the division in every answer. */
function average({ sum, weight, min, max }: Sums): number {
  const rounded = Number((sum / weight).toPrecision(9))
  return Math.min(Math.max(rounded, min), max)
}

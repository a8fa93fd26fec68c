import type { MetricUnit } from '../format/formatters.js'

/** Of these the half, which is a tick too, is round as well. */
const steps = [1, 2, 4, 6, 8, 10]

/** Where the axis of a unit ends so that `greatest` fits; percent always ends at 100, or beyond what exceeds it. */
export function axisEnd(unit: MetricUnit, greatest: number): number {
  if (unit === 'percent' && greatest <= 100) return 100
  return niceMax(greatest, isBinary(unit) ? 1024 : 1000)
}

/**
 * The least round number that is not below `greatest`.
 *
 * @param base of the larger units: 800 is round and so is 800 × 1024, where it is 1024
 */
export function niceMax(greatest: number, base: 1000 | 1024 = 1000): number {
  if (!(greatest > 0) || !Number.isFinite(greatest)) return 1
  const scale = base === 1024 ? powerBelow(greatest, base) : 1
  const scaled = greatest / scale
  const decade = powerBelow(scaled, 10)
  for (const step of steps) {
    const end = step * decade
    // Between 800 and 1024 the next unit begins.
    if (end >= scaled && !(base === 1024 && end >= 1000)) return end * scale
  }
  return base === 1024 ? base * scale : 10 * decade * scale
}

function isBinary(unit: MetricUnit): boolean {
  return unit === 'mebibytes' || unit === 'bytes_per_second'
}

/** The greatest power of `base` that is not above `value`. */
function powerBelow(value: number, base: number): number {
  const guess = base ** Math.floor(Math.log(value) / Math.log(base))
  if (guess > value) return guess / base
  return guess * base <= value ? guess * base : guess
}

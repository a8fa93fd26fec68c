import type { ChartRange } from './chart-data.js'

const steps = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
  ['Home', Number.NEGATIVE_INFINITY],
  ['End', Number.POSITIVE_INFINITY],
])

/** By how many points a key moves the cursor, ten times as many with Shift; undefined for other keys. */
export function stepOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>) {
  const step = steps.get(key)
  return step === undefined ? undefined : step * (shiftKey ? 10 : 1)
}

/**
 * What `+` and `-` make of a range: half or twice of it, around a time or its own middle;
 * undefined for other keys.
 */
export function zoomAround(
  key: string,
  { from, to }: ChartRange,
  around: number | undefined,
): ChartRange | undefined {
  const factor = key === '+' || key === '=' ? 0.5 : key === '-' ? 2 : undefined
  if (factor === undefined) return undefined
  const centre = around ?? (from + to) / 2
  return { from: centre - (centre - from) * factor, to: centre + (to - centre) * factor }
}

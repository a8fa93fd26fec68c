import type { Formatters, MetricUnit, Quantity } from '../format/formatters.js'
import type { ChartSeries } from './chart-data.js'

/** The least and the greatest; the same where there is one value. */
export interface Extent {
  min: number
  max: number
}

/** What a point stands for; null where it is not known. */
export function extentAt({ values, min, max }: ChartSeries, index: number): Extent | null {
  const value = values[index] ?? null
  if (value === null) return null
  return min && max ? { min: min[index] ?? value, max: max[index] ?? value } : onlyOf(value)
}

export function onlyOf(value: number): Extent {
  return { min: value, max: value }
}

/** `46.0 %`, or from the least to the greatest: `12.1–46.3 %`. */
export function measureExtent(
  extent: Extent | null,
  unit: MetricUnit,
  fmt: Pick<Formatters, 'measure'>,
): Quantity {
  const least = fmt.measure(extent?.min, unit)
  const greatest = fmt.measure(extent?.max, unit)
  if (least.text === greatest.text) return greatest
  const from = least.unit === greatest.unit ? least.value : least.text
  return {
    value: `${from}–${greatest.value}`,
    unit: greatest.unit,
    text: `${from}–${greatest.text}`,
  }
}

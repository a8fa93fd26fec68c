import type { Formatters, MetricUnit } from '../format/formatters.js'

/** The values at which an axis is labelled. */
export function axisTicks(end: number, height: number): number[] {
  const parts = height < 220 ? 2 : 4
  return Array.from({ length: parts + 1 }, (_, index) => (end / parts) * index)
}

/** Their labels, all in the unit of the end, which alone says it: `0`, `40`, `80 MB/s`. */
export function axisLabels(
  ticks: readonly number[],
  unit: MetricUnit,
  fmt: Pick<Formatters, 'measure' | 'number'>,
): string[] {
  const end = Math.max(...ticks)
  const scale = scaleOf(end, unit)
  const word = fmt.measure(end, unit).unit
  return ticks.map((tick) => {
    const number = fmt.number(tick / scale)
    if (tick !== end || word === '') return number
    return unit === 'percent' ? number + word : `${number} ${word}`
  })
}

/** By how much a value is divided to be written in the unit that suits it. */
function scaleOf(value: number, unit: MetricUnit): number {
  if (unit !== 'mebibytes' && unit !== 'bytes_per_second') return 1
  const mebi = unit === 'mebibytes' ? 1024 ** 2 : 1
  const bytes = value * mebi
  const power =
    bytes < 1 ? 0 : Math.min(5, Math.floor(Math.log(bytes * (1 + 1e-9)) / Math.log(1024)))
  return 1024 ** power / mebi
}

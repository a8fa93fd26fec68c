import type { Formatters } from '../format/formatters.js'
import type { I18n } from '../i18n/i18n.js'
import { type ChartColumn, type ChartView, colourLimit } from './chart-data.js'
import type { ChartGap } from './gaps.js'

/** A chart in a sentence: of each series the latest, the least and the greatest value, and the gaps. */
export function describeChart(
  label: string,
  { data: { ts, series }, unit, from, to }: ChartView,
  gaps: readonly ChartGap[],
  { t, fmt }: { t: I18n['t']; fmt: Formatters },
): string {
  const start = ts.findIndex((at) => at >= from)
  const end = ts.findLastIndex((at) => at <= to) + 1
  const sentences = series.slice(0, colourLimit).flatMap((each) => {
    const { values, min = values, max = values } = each
    const latest = known(values.slice(start, end)).at(-1)
    if (start < 0 || latest === undefined) return []
    const write = (value: number) => fmt.measure(value, unit).text
    const figures = {
      latest: write(latest),
      min: write(least(min.slice(start, end))),
      max: write(greatest(max.slice(start, end))),
    }
    return series.length === 1
      ? t('chart.sentence', figures)
      : t('chart.sentence_of', { series: each.label, ...figures })
  })
  if (sentences.length === 0) return t('chart.sentence_empty', { label })
  const more = series.length - colourLimit
  const all = [
    ...sentences,
    ...(more > 0 ? [t('chart.sentence_more', { count: more })] : []),
    ...(gaps.length > 0 ? [t('chart.gaps', { count: gaps.length })] : []),
  ]
  return t('chart.summary', { label, sentences: all.join(' ') })
}

function known(column: ChartColumn): number[] {
  return column.filter((value) => value !== null)
}

function least(column: ChartColumn): number {
  return known(column).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
}

function greatest(column: ChartColumn): number {
  return known(column).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
}

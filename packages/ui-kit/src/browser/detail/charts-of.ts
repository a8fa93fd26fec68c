import type { ChartData } from '../chart/chart-data.js'
import type { MetricUnit } from '../format/formatters.js'
import type { Locale, MessageKey } from '../i18n/translate.js'
import type { DeclaredMetric } from './full-server.js'
import { hasValues, type LivePoints, lineOf } from './live-points.js'

/** A chart of the page. */
export interface DetailChart {
  /** The metric, or the first of them. */
  name: string
  label: string
  unit: MetricUnit
  data: ChartData
}

interface Group {
  title: MessageKey
  lines: readonly { name: string; label?: MessageKey }[]
}

/** What every server has comes first, under short names, and two directions share a chart. */
const groups: readonly Group[] = [
  { title: 'card.cpu', lines: [{ name: 'cpu_pct' }] },
  { title: 'card.memory', lines: [{ name: 'mem_pct' }] },
  { title: 'detail.disk_fullest', lines: [{ name: 'disk_pct' }] },
  {
    title: 'detail.network',
    lines: [
      { name: 'net_rx_bps', label: 'card.in' },
      { name: 'net_tx_bps', label: 'card.out' },
    ],
  },
  {
    title: 'detail.disk_io',
    lines: [
      { name: 'disk_read_bps', label: 'detail.read' },
      { name: 'disk_write_bps', label: 'detail.written' },
    ],
  },
  { title: 'detail.load', lines: [{ name: 'load_1' }] },
]

/** The known groups, and a chart for every other metric that has a value, whoever declared it. */
export function chartsOf(
  metrics: readonly DeclaredMetric[],
  points: LivePoints,
  { t, locale }: { t(key: MessageKey): string; locale: Locale },
): DetailChart[] {
  const shown = new Map(
    metrics.filter(({ name }) => hasValues(points, name)).map((metric) => [metric.name, metric]),
  )
  const known = groups.flatMap(({ title, lines }): DetailChart[] => {
    const present = lines.filter(({ name }) => shown.has(name))
    const [first] = present
    const unit = first && shown.get(first.name)?.unit
    if (first === undefined || unit === undefined) return []
    for (const { name } of present) shown.delete(name)
    const series = present.map(({ name, label }) => lineOf(points, name, t(label ?? title)))
    return [{ name: first.name, label: t(title), unit, data: { ts: points.ts, series } }]
  })
  const others = [...shown.values()].map(({ name, unit, label }) => ({
    name,
    unit,
    label: label[locale],
    data: { ts: points.ts, series: [lineOf(points, name, label[locale])] },
  }))
  return [...known, ...others]
}

import type { ChartData, ChartSeries } from '@mon/ui-kit'
import type { HistorySeries } from '../aggregator/api/series-route.js'

/** A line for every server, and behind it the band up to the hour's greatest value. */
export function chartData(
  { ts, series }: HistorySeries,
  { line, band }: { line: string; band: string | null },
  nameOf: (serverId: number) => string,
): ChartData {
  const bands = new Map(
    series
      .filter(({ field }) => field === band)
      .map(({ server_id, values, max }) => [server_id, max ?? values]),
  )
  const lines = series
    .filter(({ field }) => field === line)
    .map(({ server_id, values, max }): ChartSeries => {
      const greatest = bands.get(server_id) ?? max
      return { label: nameOf(server_id), values, ...(greatest && { max: greatest }) }
    })
  return { ts, series: lines }
}

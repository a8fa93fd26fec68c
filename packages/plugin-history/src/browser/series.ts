import type { ChartData, ChartSeries } from '@mon/ui-kit'

/** What `GET /api/history/series` answers, columnar. */
export interface SeriesAnswer {
  from: number
  to: number
  /** An hour, or several where more would not fit on a screen. */
  step_s: number
  ts: readonly number[]
  series: readonly {
    server_id: number
    field: string
    values: readonly (number | null)[]
    /** The least and the greatest of the hours in a point, where it stands for several. */
    min?: readonly (number | null)[]
    max?: readonly (number | null)[]
  }[]
}

/** A line for every server, and behind it the band up to the hour's greatest value. */
export function chartData(
  { ts, series }: SeriesAnswer,
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

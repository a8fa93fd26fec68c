import type { ChartRange } from '../chart/chart-data.js'
import { ui } from '../ui.js'
import { readZoom, writeZoom } from './time-window.js'

const hour = 3600

/** Shows this stretch in all charts of the page, those of plugins too; null for the whole window. */
export function zoomTo(range: ChartRange | null): void {
  const isZoomed = readZoom(ui.route.query) !== undefined
  // Beyond the hour that is kept there is nothing to see.
  const next = range !== null && range.to - range.from < hour ? range : null
  if (next === null && !isZoomed) return
  ui.route.navigate(ui.route.withQuery(writeZoom(next, ui.zone.name)))
}

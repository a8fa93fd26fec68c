import { html, type TemplateResult } from 'lit'
import { quantity } from '../parts/quantity.js'
import { ui } from '../ui.js'
import type { ChartView } from './chart-data.js'
import { measureExtent } from './extent.js'
import { tableRows } from './table-rows.js'

/** A longer table would be read by nobody, and cost more than the chart. */
const rowLimit = 60

/** What a chart shows, as a table. */
export function chartTable(label: string, view: ChartView): TemplateResult {
  const { t } = ui.i18n
  const { fmt } = ui
  const { data, unit } = view
  const { step, rows } = tableRows(data, view, rowLimit)
  const caption =
    step === null
      ? t('chart.table_points', { label, count: rows.length })
      : t('chart.table_steps', { label, step: fmt.duration(step) })
  return html`<div class="chart-table" role="region" tabindex="0" aria-label=${caption}>
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('chart.time')}</th>
          ${data.series.map((each) => html`<th scope="col" class="num">${each.label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ at, cells }) => html`<tr>
            <th scope="row">${fmt.time(at)}</th>
            ${cells.map(
              (cell) => html`<td class="num">${quantity(measureExtent(cell, unit, fmt))}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

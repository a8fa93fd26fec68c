import { html, type TemplateResult } from 'lit'
import { quantity } from '../parts/quantity.js'
import { ui } from '../ui.js'
import type { ChartView } from './chart-data.js'

/** A longer table would be read by nobody, and cost more than the chart. */
const rowLimit = 100

/** The newest points of a chart as a table, the latest first. */
export function chartTable(label: string, { data, unit, from, to }: ChartView): TemplateResult {
  const { t } = ui.i18n
  const { fmt } = ui
  const within = [...data.ts.entries()].filter(([, at]) => at >= from && at <= to).reverse()
  const caption = t('chart.table_caption', {
    label,
    shown: Math.min(rowLimit, within.length),
    total: within.length,
  })
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
        ${within.slice(0, rowLimit).map(
          ([index, at]) => html`<tr>
            <th scope="row">${fmt.time(at)}</th>
            ${data.series.map(
              ({ values }) =>
                html`<td class="num">${quantity(fmt.measure(values[index], unit))}</td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

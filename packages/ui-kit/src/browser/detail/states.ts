import { html, type TemplateResult } from 'lit'
import { emptyState } from '../parts/empty-state.js'
import { skeleton } from '../parts/skeleton.js'
import { ui } from '../ui.js'
import '../parts/loading.js'

/** What stands in the place of a server's figures while there are none. */

export const chartShapes = html`<div class="charts">
  ${Array.from(
    { length: 4 },
    () => html`<div class="panel chart-shape">${skeleton('30%', 16)}${skeleton('100%', 150)}</div>`,
  )}
</div>`

export function loadingPage(): TemplateResult {
  const shape = html`<div class="page-head">${skeleton('240px', 28)}</div>
    ${chartShapes}`
  return html`<mon-loading .label=${ui.i18n.t('detail.loading')} .shape=${shape}></mon-loading>`
}

export function unknownServer(): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="page-head"><h1>${t('detail.title')}</h1></div>
    ${emptyState({
      heading: t('detail.unknown'),
      text: t('detail.unknown_detail'),
      actions: html`<a class="btn" href="/" @click=${ui.route.follow}>${t('detail.to_overview')}</a>`,
    })}`
}

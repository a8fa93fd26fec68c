import { html, type TemplateResult } from 'lit'
import { emptyState } from '../parts/empty-state.js'
import { skeleton } from '../parts/skeleton.js'
import { ui } from '../ui.js'
import { crumb } from './page-head.js'
import '../overview/load-failed.js'
import '../parts/loading.js'

/** What stands in the place of a server's figures while there are none. */

export const chartShapes = html`<div class="charts">
  ${Array.from(
    { length: 4 },
    () => html`<div class="panel chart-shape">${skeleton('30%', 16)}${skeleton('100%', 150)}</div>`,
  )}
</div>`

export function loadingPage(): TemplateResult {
  return html`${titleOnly()}
    <mon-loading .label=${ui.i18n.t('detail.loading')} .shape=${chartShapes}></mon-loading>`
}

/** Not even the fleet is known. */
export function failedPage(): TemplateResult {
  return html`${titleOnly()} <mon-load-failed></mon-load-failed>`
}

export function unknownServer(): TemplateResult {
  const { t } = ui.i18n
  return html`${titleOnly()}
    ${emptyState({
      heading: t('detail.unknown'),
      text: t('detail.unknown_detail'),
      actions: html`<a class="btn" href="/" @click=${ui.route.follow}>${t('detail.to_overview')}</a>`,
    })}`
}

function titleOnly(): TemplateResult {
  const title = ui.i18n.t('detail.title')
  return html`${crumb(title)}
    <div class="page-head"><h1>${title}</h1></div>`
}

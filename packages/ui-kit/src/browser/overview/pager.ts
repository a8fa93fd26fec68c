import { html, type TemplateResult } from 'lit'
import { recall, remember } from '../remember.js'
import { ui } from '../ui.js'

export const pageSize = 50
const choice = 'mon.browse'

/**
 * Rows that come and go with scrolling are hard on some screen readers: who chooses so gets the
 * list in whole pages. Remembered for this user.
 */
export function isBrowsedByPage(): boolean {
  return recall(choice) === 'pages'
}

export function browseByPage(wanted: boolean): void {
  remember(choice, wanted ? 'pages' : null)
}

export function pager(page: number, total: number, go: (page: number) => void): TemplateResult {
  const { t, locale } = ui.i18n
  const count = (value: number) => value.toLocaleString(locale)
  const first = (page - 1) * pageSize + 1
  const last = Math.min(total, page * pageSize)
  const values = { first: count(Math.min(first, last)), last: count(last), total: count(total) }
  return html`<nav class="pager" aria-label=${t('overview.pages')}>
    <span role="status">${t('overview.page_range', values)}</span>
    <button class="btn" ?disabled=${page <= 1} @click=${() => go(page - 1)}>
      ${t('overview.page_before')}
    </button>
    <button class="btn" ?disabled=${last >= total} @click=${() => go(page + 1)}>
      ${t('overview.page_after')}
    </button>
  </nav>`
}

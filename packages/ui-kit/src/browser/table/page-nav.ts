import { html, type TemplateResult } from 'lit'
import { ui } from '../ui.js'

export interface PageNavOptions {
  /** From 1. */
  page: number
  /** Rows on a page. */
  size: number
  /** Rows in all. */
  total: number
  go(page: number): void
}

/** Which rows are shown, of how many, and the way to the others. */
export function pageNav({ page, size, total, go }: PageNavOptions): TemplateResult {
  const { t } = ui.i18n
  const last = Math.min(total, page * size)
  const first = Math.min((page - 1) * size + 1, last)
  return html`<nav class="pager" aria-label=${t('table.pages')}>
    <span role="status">${t('table.page_range', { first, last, total })}</span>
    <button type="button" class="btn" ?disabled=${page <= 1} @click=${() => go(page - 1)}>
      ${t('table.page_before')}
    </button>
    <button type="button" class="btn" ?disabled=${last >= total} @click=${() => go(page + 1)}>
      ${t('table.page_after')}
    </button>
  </nav>`
}

/** A link may name a page that no longer is. */
export function withinPages(page: number, size: number, total: number): number {
  return Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / size)))
}

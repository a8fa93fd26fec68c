import type { TemplateResult } from 'lit'
import { recall, remember } from '../remember.js'
import { pageNav } from '../table/page-nav.js'

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
  return pageNav({ page, size: pageSize, total, go })
}

import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'

export type SortDirection = 'ascending' | 'descending'

/** What a column header that sorts holds; the header itself carries `aria-sort`. */
export function sortButton(
  word: string,
  direction: SortDirection | undefined,
  sort: () => void,
): TemplateResult {
  return html`<button type="button" class="sort" @click=${sort}>
    ${word}${direction ? icon(direction === 'ascending' ? 'arrow-up' : 'arrow-down') : nothing}
  </button>`
}

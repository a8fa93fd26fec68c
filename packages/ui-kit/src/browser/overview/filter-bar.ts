import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import type { ChangeView } from './summary.js'
import { type OverviewView, sortKeys } from './view.js'

/** Tags to filter by, what the colours mean, and the order. */
export function filterBar(view: OverviewView, change: ChangeView): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="bar-row">
    ${tagChips(view, change)}
    <span class="bar-space"></span>
    ${ui.figures.totals.gpus > 0 ? legend(view) : nothing}
    <label class="sort-by">
      <span>${t('overview.sort_by')}</span>
      <select
        @change=${({ currentTarget }: Event) => {
          if (!(currentTarget instanceof HTMLSelectElement)) return
          const { value } = currentTarget
          const sort = sortKeys.find((key) => key === value)
          if (sort) change({ sort, reversed: false })
        }}
      >
        ${sortKeys.map(
          (key) =>
            html`<option value=${key} .selected=${key === view.sort}>${t(`overview.sort.${key}`)}</option>`,
        )}
      </select>
      ${icon('chevron-down')}
    </label>
  </div>`
}

function tagChips(
  { tag: chosen }: OverviewView,
  change: ChangeView,
): TemplateResult | typeof nothing {
  const { tags } = ui.figures
  // A link may name a tag that no server has any more: it must be seen to be left.
  const shown = chosen === null || tags.includes(chosen) ? tags : [chosen, ...tags]
  if (shown.length === 0) return nothing
  const chip = (tag: string | null, word: string) =>
    html`<button class="chip" aria-pressed=${chosen === tag} @click=${() => change({ tag: chosen === tag ? null : tag })}>
      ${word}
    </button>`
  return html`<div class="chips" role="group" aria-label=${ui.i18n.t('overview.tags')}>
    ${chip(null, ui.i18n.t('overview.all_tags'))} ${shown.map((tag) => chip(tag, tag))}
  </div>`
}

function legend({ view }: OverviewView): TemplateResult {
  const { t } = ui.i18n
  return html`<span class="key">
    <span><i class="util"></i>${t('overview.key_util')}</span>
    ${view === 'cards' ? html`<span><i class="mem"></i>${t('overview.key_memory')}</span>` : nothing}
    <span class="free">${t('overview.key_free')}</span>
  </span>`
}

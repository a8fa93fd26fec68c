import { html, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { statusOf } from './status-of.js'
import type { OverviewView } from './view.js'

/** What stands in the place of the cards while there are none. */

export function loading(): TemplateResult {
  const card = html`<li class="panel card">
      <span class="sk sk-name"></span><span class="sk sk-meta"></span>
      <div class="meters">${[1, 2, 3].map(() => html`<span class="sk sk-meter"></span>`)}</div>
      <span class="sk sk-net"></span>
      <div class="sk-cells">${Array.from({ length: 8 }, () => html`<span class="sk"></span>`)}</div>
    </li>`
  return html`<div class="sr" role="status">${ui.i18n.t('overview.loading')}</div>
    <ul class="cards-loading" aria-hidden="true">
      ${Array.from({ length: 6 }, () => card)}
    </ul>`
}

export function empty(): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="panel empty">
    ${art}
    <h2>${t('overview.empty')}</h2>
    <p>${t('overview.empty_detail')}</p>
    <a class="btn primary" href="/servers?edit=new" @click=${ui.route.follow}>
      ${icon('plus')}${t('overview.add_server')}
    </a>
  </div>`
}

export function noMatch(view: OverviewView, clear: () => void): TemplateResult {
  const { t } = ui.i18n
  const filters = activeFilters(view).join(t('overview.filter_separator'))
  return html`<div class="panel empty">
    <h2>${t('overview.no_match')}</h2>
    <p>${t('overview.no_match_detail', { filters })}</p>
    <button class="btn" @click=${clear}>${t('overview.clear_filter')}</button>
  </div>`
}

function activeFilters({ q, status, tag, busy, free, hot }: OverviewView): string[] {
  const { t } = ui.i18n
  const word = q.trim()
  return [
    ...(word ? [t('overview.filter_search', { text: word })] : []),
    ...(tag ? [t('overview.filter_tag', { tag })] : []),
    ...(status
      ? [t('overview.filter_status', { status: t(statusOf({ state: status }).word) })]
      : []),
    ...(busy ? [t('overview.gpus_busy')] : []),
    ...(free ? [t('overview.gpus_free')] : []),
    ...(hot ? [t('overview.gpus_hot')] : []),
  ]
}

const art = html`<svg class="art" width="120" height="56" viewBox="0 0 120 56" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3">
    <rect x="1" y="12" width="34" height="42" rx="6" />
    <rect x="43" y="1" width="34" height="53" rx="6" />
    <rect x="85" y="12" width="34" height="42" rx="6" />
  </g>
</svg>`

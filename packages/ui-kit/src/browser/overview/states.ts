import { html, type TemplateResult } from 'lit'
import { copyable } from '../parts/copyable.js'
import { ui } from '../ui.js'

/** What stands in the place of the cards while there are none. */

export function loading(): TemplateResult {
  const card = html`<li>
    <div class="panel card">
      <span class="sk sk-name"></span><span class="sk sk-meta"></span>
      <div class="meters">${[1, 2, 3].map(() => html`<span class="sk sk-meter"></span>`)}</div>
      <span class="sk sk-net"></span>
    </div>
  </li>`
  return html`<div class="sr" role="status">${ui.i18n.t('overview.loading')}</div>
    <ul class="cards" aria-hidden="true">
      ${Array.from({ length: 6 }, () => card)}
    </ul>`
}

export function empty(): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="panel empty">
    ${art}
    <h2>${t('overview.empty')}</h2>
    <p>${t('overview.empty_detail')}</p>
    ${copyable(addServerCommand(), { copy: t('common.copy'), copied: t('common.copied') })}
  </div>`
}

export function noMatch(filter: string, clear: () => void): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="panel empty">
    <h2>${t('overview.no_match')}</h2>
    <p>${t('overview.no_match_detail', { filter })}</p>
    <button class="btn" @click=${clear}>${t('overview.clear_filter')}</button>
  </div>`
}

const art = html`<svg class="art" width="120" height="56" viewBox="0 0 120 56" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3">
    <rect x="1" y="12" width="34" height="42" rx="6" />
    <rect x="43" y="1" width="34" height="53" rx="6" />
    <rect x="85" y="12" width="34" height="42" rx="6" />
  </g>
</svg>`

function addServerCommand(): string {
  const server = JSON.stringify({ name: 'gpu-01', base_url: 'http://10.0.0.11:7881' })
  return `curl ${location.origin}/api/servers -H 'content-type: application/json' -d '${server}'`
}

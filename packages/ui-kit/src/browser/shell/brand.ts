import { html, type TemplateResult } from 'lit'
import { ui } from '../ui.js'

export function brand(): TemplateResult {
  return html`<a class="brand" href="/" @click=${ui.route.follow}>${brandName()}</a>`
}

/** Where there is nowhere to go. */
export function brandName(): TemplateResult {
  return html`${mark}${ui.i18n.t('app.name')}`
}

/** Bars in use, and one free slot. `public/favicon.svg` is the same in fixed colours. */
const mark = html`<svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
  <g fill="var(--util)">
    <rect x="1" y="9" width="4.2" height="12" rx="1" />
    <rect x="6.3" y="3" width="4.2" height="18" rx="1" />
    <rect x="11.6" y="6" width="4.2" height="15" rx="1" />
  </g>
  <rect x="17.4" y="13.5" width="3" height="7" rx=".6" fill="none" stroke="var(--text-3)" stroke-width="1.2" stroke-dasharray="2 1.4" />
</svg>`

import { html, nothing, type TemplateResult } from 'lit'
import { explainError } from '../i18n/explain-error.js'
import type { Server } from '../live/server.js'
import { hostOf } from '../overview/match.js'
import { statusOf } from '../overview/status-of.js'
import { icon } from '../parts/icon.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'
import { lastSeen } from './last-seen.js'

/** Who it is, how it is and how old that is, and where to go from here. */
export function pageHead(server: Server): TemplateResult {
  const { t } = ui.i18n
  const { status } = statusOf(server)
  return html`<div class="page-head detail-head">
    <div class="who">
      <div class="name">
        <h1>${server.name}</h1>
        ${statusPill(status, statusText(server))}
      </div>
      <p>
        <span class="mono" title=${server.base_url}>${hostOf(server.base_url)}</span>
        <span>${lastSeen(server)}</span>
      </p>
    </div>
    ${
      hasHistory()
        ? html`<a class="btn" href="/history?s=${server.id}" @click=${ui.route.follow}>
            ${icon('chart-line')}${t('detail.history')}
          </a>`
        : nothing
    }
    <a class="btn" href="/servers?edit=${server.id}" @click=${ui.route.follow}>
      ${icon('pencil')}${t('detail.edit')}
    </a>
  </div>`
}

/** Where this page stands, and the way back. */
export function crumb(here: string): TemplateResult {
  const { t } = ui.i18n
  return html`<nav class="crumb" aria-label=${t('detail.path')}>
    <a href="/" @click=${ui.route.follow}>${t('overview.title')}</a>
    <span aria-hidden="true">/</span>
    <span aria-current="page">${here}</span>
  </nav>`
}

/** Whether a plugin brings the page for what is older. */
export function hasHistory(): boolean {
  return ui.widgets.inSlot('nav.page').some(({ path }) => path === '/history')
}

/** The word of its state, and the reason where there is one. */
function statusText(server: Server): string {
  const { t } = ui.i18n
  const status = t(statusOf(server).word)
  const reason = reasonOf(server)
  return reason === undefined ? status : t('detail.status_reason', { status, reason })
}

function reasonOf({ state, last_error, latest }: Server): string | undefined {
  const { t, locale } = ui.i18n
  if (state === 'offline' && last_error) return explainError(last_error, locale).message
  if (state !== 'degraded') return undefined
  const failed = Object.entries(latest?.collectors ?? {}).filter(([, { ok }]) => !ok)
  if (failed.length === 0) return undefined
  const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    failed.map(([name]) => name),
  )
  return t('detail.collectors_failed', { names })
}

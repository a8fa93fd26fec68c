import { html, type TemplateResult } from 'lit'
import type { Server } from '../live/server.js'
import { ui } from '../ui.js'
import '../parts/age.js'

/** How old the figures are, or since when there are none: `Updated 2 s ago (13:27:42 UTC+8)`. */
export function lastSeen({ state, last_seen }: Server): TemplateResult | string {
  if (last_seen === null) return ui.i18n.t('card.never_seen')
  const isCurrent = state === 'online' || state === 'degraded'
  const [before, after] = ui.i18n
    .text(isCurrent ? 'detail.updated' : 'card.last_seen')
    .split('{age}')
  return html`${before}<mon-age full zone .at=${last_seen}></mon-age>${after}`
}

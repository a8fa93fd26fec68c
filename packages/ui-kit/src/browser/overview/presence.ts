import { html, type TemplateResult } from 'lit'
import type { Server } from '../live/server.js'
import { ui } from '../ui.js'
import '../parts/age.js'

/** Up for how long, or last seen when. */
export function presence({ state, latest, last_seen }: Server): TemplateResult | string {
  const { t } = ui.i18n
  if (state === 'online' || state === 'degraded') {
    return t('card.uptime', { duration: ui.fmt.duration(latest?.uptime_s) })
  }
  if (last_seen === null) return t('card.never_seen')
  const [before, after] = ui.i18n.text('card.last_seen').split('{age}')
  return html`${before}<mon-age .at=${last_seen}></mon-age>${after}`
}

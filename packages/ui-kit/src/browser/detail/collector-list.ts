import { html, nothing, type TemplateResult } from 'lit'
import { copyableError } from '../parts/copyable-error.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'
import type { FullCollectorHealth, FullServer } from './full-server.js'
import '../parts/age.js'

/** How each collector of the agent fares: how long it takes, how old its values are, why it fails. */
export function collectorList({ latest, last_seen }: FullServer): TemplateResult | typeof nothing {
  const all = Object.entries(latest?.collectors ?? {})
  if (all.length === 0) return nothing
  return html`<section class="panel" aria-labelledby="collectors">
    <div class="panel-head"><h2 id="collectors">${ui.i18n.t('detail.collectors')}</h2></div>
    <ul class="collectors">
      ${all.map(([name, health]) => collector(name, health, last_seen))}
    </ul>
  </section>`
}

function collector(
  name: string,
  health: FullCollectorHealth,
  lastSeen: number | null,
): TemplateResult {
  const { t } = ui.i18n
  const { ok, code, message, ms, age_s } = health
  const failed = statusPill('warn', t('detail.collector_failed'))
  return html`<li>
    <span class="mono">${name}</span>
    ${ok ? statusPill('ok', t('detail.collector_ok')) : failed}
    <span class="dim">
      ${ms === undefined ? nothing : html`<span>${t('detail.takes', { ms: Math.round(ms) })}</span>`}
      <span>${valuesFrom(age_s, lastSeen)}</span>
    </span>
    ${ok ? nothing : copyableError({ code: code ?? 'COLLECTOR_FAILED', message: message ?? '' })}
  </li>`
}

/** When its values were read. */
function valuesFrom(age: number | null, lastSeen: number | null): TemplateResult | string {
  if (age === null || lastSeen === null) return ui.i18n.t('detail.no_values')
  const [before, after] = ui.i18n.text('detail.values_from').split('{age}')
  return html`${before}<mon-age .at=${lastSeen - age}></mon-age>${after}`
}

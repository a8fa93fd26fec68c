import { html, nothing, type TemplateResult } from 'lit'
import { copyableError } from '../parts/copyable-error.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'
import type { FullCollectorHealth } from './full-server.js'

/** How each collector of the agent fares: how long it takes, how old its values are, why it fails. */
export function collectorList(
  collectors: Readonly<Record<string, FullCollectorHealth>> | null | undefined,
): TemplateResult | typeof nothing {
  const all = Object.entries(collectors ?? {})
  if (all.length === 0) return nothing
  return html`<section class="panel" aria-labelledby="collectors">
    <div class="panel-head"><h2 id="collectors">${ui.i18n.t('detail.collectors')}</h2></div>
    <ul class="collectors">
      ${all.map(([name, health]) => collector(name, health))}
    </ul>
  </section>`
}

function collector(name: string, health: FullCollectorHealth): TemplateResult {
  const { t } = ui.i18n
  const { ok, code, message, ms, age_s } = health
  const failed = statusPill('warn', t('detail.collector_failed'))
  return html`<li>
    <span class="mono">${name}</span>
    ${ok ? statusPill('ok', t('detail.collector_ok')) : failed}
    <span class="dim">
      ${ms === undefined ? nothing : html`<span>${t('detail.takes', { ms: Math.round(ms) })}</span>`}
      <span
        >${
          age_s === null
            ? t('detail.no_values')
            : t('detail.values_age', { age: ui.fmt.duration(age_s) })
        }</span
      >
    </span>
    ${ok ? nothing : copyableError({ code: code ?? 'COLLECTOR_FAILED', message: message ?? '' })}
  </li>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { ui } from '../ui.js'
import type { FullServer } from './full-server.js'
import '../parts/age.js'

/** What the machine is, as its agent told last. */
export function hostFacts(server: FullServer): TemplateResult {
  const { t } = ui.i18n
  const { fmt } = ui
  const { latest, poll_interval_s, last_seen } = server
  const size = (mb: number | null | undefined) => fmt.measure(mb, 'mebibytes').text
  const swap = { used: size(latest?.swap_used_mb), total: size(latest?.swap_total_mb) }
  return html`<section class="panel" aria-labelledby="host">
    <div class="panel-head"><h2 id="host">${t('detail.host')}</h2></div>
    <dl class="kv">
      ${fact(t('detail.hostname'), latest?.hostname && html`<span class="mono">${latest.hostname}</span>`)}
      ${fact('CPU', known(latest?.cpu_count) && t('detail.cores', { count: latest.cpu_count }))}
      ${fact(t('card.memory'), known(latest?.mem_total_mb) && size(latest.mem_total_mb))}
      ${fact(t('detail.swap'), known(latest?.swap_total_mb) && t('card.used_of', swap))}
      ${fact(t('detail.uptime'), known(latest?.uptime_s) && fmt.duration(latest.uptime_s))}
      ${fact('Agent', latest?.agent_version)}
      ${fact(
        t('detail.interval'),
        poll_interval_s === null
          ? t('detail.interval_default')
          : t('detail.every', { count: poll_interval_s }),
      )}
      ${fact(t('detail.last_answer'), last_seen && html`<mon-age full zone .at=${last_seen}></mon-age>`)}
    </dl>
  </section>`
}

/** What is not known takes no line. */
function fact(name: string, value: unknown): TemplateResult | typeof nothing {
  return value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing
}

function known<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

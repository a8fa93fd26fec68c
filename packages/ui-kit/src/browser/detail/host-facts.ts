import { html, nothing, type TemplateResult } from 'lit'
import { ui } from '../ui.js'
import type { FullServer, FullSnapshot } from './full-server.js'
import { type LivePoints, pollInterval } from './live-points.js'
import '../parts/age.js'

const day = 86_400

/** What the machine is, as its agent told last. */
export function hostFacts(server: FullServer, points: LivePoints): TemplateResult {
  const { t } = ui.i18n
  const { fmt } = ui
  const { latest, poll_interval_s, last_seen } = server
  const size = (mb: number | null | undefined) => fmt.measure(mb, 'mebibytes').text
  const swap = { used: size(latest?.swap_used_mb), total: size(latest?.swap_total_mb) }
  return html`<section class="panel" aria-labelledby="host">
    <div class="panel-head"><h2 id="host">${t('detail.host')}</h2></div>
    <dl class="kv panel-body">
      ${fact(t('detail.hostname'), latest?.hostname && html`<span class="mono">${latest.hostname}</span>`)}
      ${fact('CPU', known(latest?.cpu_count) && t('detail.cores', { count: latest.cpu_count }))}
      ${fact(t('detail.load'), loadOf(latest))}
      ${fact(t('card.memory'), known(latest?.mem_total_mb) && size(latest.mem_total_mb))}
      ${fact(t('detail.swap'), latest?.swap_total_mb ? t('card.used_of', swap) : undefined)}
      ${fact(t('detail.uptime'), known(latest?.uptime_s) && longDuration(latest.uptime_s))}
      ${fact('Agent', latest?.agent_version)}
      ${fact(t('detail.interval'), interval(poll_interval_s, points))}
      ${fact(t('detail.last_answer'), last_seen && html`<mon-age full zone .at=${last_seen}></mon-age>`)}
    </dl>
  </section>`
}

/** `182 days 4 hours`. */
function longDuration(seconds: number): string {
  const rest = seconds % day
  const isLong = seconds >= day && rest >= 3600
  const parts = isLong ? [seconds - rest, rest] : [seconds]
  return parts.map((part) => ui.fmt.duration(part)).join(' ')
}

function loadOf(latest: FullSnapshot | null): string | undefined {
  const loads = [latest?.load_1, latest?.load_5, latest?.load_15]
  return loads.every((load) => !known(load)) ? undefined : loads.map(ui.fmt.number).join(' / ')
}

/** Nobody tells the default of the centre, but how often it polls can be seen. */
function interval(own: number | null, points: LivePoints): string {
  const { t } = ui.i18n
  if (own !== null) return t('detail.every', { count: own })
  const seen = pollInterval(points)
  return seen === null ? t('detail.interval_default') : t('detail.every_default', { count: seen })
}

/** What is not known takes no line. */
function fact(name: string, value: unknown): TemplateResult | typeof nothing {
  return value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing
}

function known<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

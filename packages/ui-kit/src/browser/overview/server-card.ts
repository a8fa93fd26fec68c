import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import type { LatestSnapshot, Server } from '../live/server.js'
import { meter } from '../parts/meter.js'
import { quantity } from '../parts/quantity.js'
import { statusPill } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { hostOf } from './match.js'
import { presence } from './presence.js'
import { serverProblem } from './server-problem.js'
import { statusOf } from './status-of.js'
import '../parts/age.js'
import '../widgets/slot.js'

/** Fuller disks are amber, percent. */
export const diskLimit = 90
const mebibyte = 1024 ** 2

/** One server at a glance. It renders when its own server changes, and not for any other. */
@customElement('mon-server-card')
export class ServerCard extends UiElement {
  @property({ attribute: false }) serverId = ''

  protected override sources(): OnChange[] {
    return [(callback) => ui.store.onServerChange(this.serverId, callback)]
  }

  protected override render(): TemplateResult | typeof nothing {
    const server = ui.store.servers.get(this.serverId)
    if (server === undefined) return nothing
    const { state } = server
    const answers = state === 'online' || state === 'degraded'
    this.classList.toggle('is-off', !answers)
    return html`
      ${this.head(server)}
      ${answers && server.latest ? this.figures(server.latest, server.last_seen) : nothing}
      ${serverProblem(server)}
      ${answers ? html`<mon-slot name="overview.card" .serverId=${this.serverId}></mon-slot>` : nothing}
    `
  }

  private head(server: Server): TemplateResult {
    const { status, word } = statusOf(server)
    return html`<div class="card-top">
      <h2>
        <a href="/servers/${server.id}" title=${server.name} @click=${ui.route.follow}
          >${server.name}</a
        >
      </h2>
      ${statusPill(status, ui.i18n.t(word))}
      <div class="meta">
        <span class="mono" title=${server.base_url}>${hostOf(server.base_url)}</span>
        <span>${presence(server)}</span>
      </div>
    </div>`
  }

  private figures(latest: LatestSnapshot, lastSeen: number | null): TemplateResult {
    const { fmt } = ui
    const { t } = ui.i18n
    return html`<div class="meters">
        ${meter({ label: t('card.cpu'), value: latest.cpu_pct, fmt })}
        ${meter({ label: t('card.memory'), value: latest.mem_pct, fmt, title: memoryInUse(latest) })}
        ${meter({ label: t('card.disk'), value: latest.disk_pct, fmt, limit: diskLimit })}
      </div>
      <div class="net">
        <span>${t('card.in')} <b>${quantity(fmt.rate(latest.net_rx_bps))}</b></span>
        <span>${t('card.out')} <b>${quantity(fmt.rate(latest.net_tx_bps))}</b></span>
        ${lastSeen === null ? nothing : html`<mon-age class="age" .at=${lastSeen}></mon-age>`}
      </div>`
  }
}

function memoryInUse({ mem_used_mb, mem_total_mb }: LatestSnapshot): string {
  const size = (mb: number | null | undefined) =>
    ui.fmt.bytes(typeof mb === 'number' ? mb * mebibyte : null).text
  return ui.i18n.t('card.used_of', { used: size(mem_used_mb), total: size(mem_total_mb) })
}

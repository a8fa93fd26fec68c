import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import type { LatestSnapshot, Server } from '../live/server.js'
import { cssProperties } from '../parts/css-properties.js'
import { hotMark } from '../parts/hot.js'
import { quantity } from '../parts/quantity.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { WidgetEntry } from '../widgets/widget-catalogue.js'
import type { WidgetProperties } from '../widgets/widget-context.js'
import { hostOf } from './match.js'
import { presence } from './presence.js'
import { diskLimit } from './server-card.js'
import { problemText } from './server-problem.js'
import { statusOf } from './status-of.js'
import '../widgets/widget-host.js'

/** One server in the table. It renders when its own server changes, and not for any other. */
@customElement('mon-server-row')
export class ServerRow extends UiElement {
  @property({ attribute: false }) serverId = ''
  /** Those of the slot `overview.cell`. */
  @property({ attribute: false }) widgets: readonly WidgetEntry[] = []

  /** The same object for as long as it says the same: a widget is given it once. */
  private widgetProps: WidgetProperties = {}

  protected override sources(): OnChange[] {
    return [(callback) => ui.store.onServerChange(this.serverId, callback)]
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('serverId')) this.widgetProps = { serverId: this.serverId }
  }

  protected override render(): TemplateResult | typeof nothing {
    const server = ui.store.servers.get(this.serverId)
    if (server === undefined) return nothing
    const { status, word } = statusOf(server)
    const answers = server.state === 'online' || server.state === 'degraded'
    return html`<div role="cell" class="col-status">
        <span class="st ${status}">${statusShape(status)}${ui.i18n.t(word)}</span>
      </div>
      <div role="rowheader" class="col-name">
        <a href="/servers/${server.id}" title=${server.name} @click=${ui.route.follow}
          >${server.name}</a
        >
        <span class="mono" title=${server.base_url}>${hostOf(server.base_url)}</span>
      </div>
      ${answers && server.latest ? this.figures(server.latest) : this.absence(server)}`
  }

  private figures(latest: LatestSnapshot): TemplateResult {
    const { fmt } = ui
    const { t } = ui.i18n
    const { gpus, free, hot, hottest } = ui.figures.of(this.serverId)
    return html`${bar(t('card.cpu'), latest.cpu_pct)} ${bar(t('card.memory'), latest.mem_pct)}
      ${bar(t('card.disk'), latest.disk_pct, diskLimit)}
      <div role="cell" class="num col-net">${quantity(fmt.rate(latest.net_rx_bps))}</div>
      <div role="cell" class="num col-net">${quantity(fmt.rate(latest.net_tx_bps))}</div>
      ${this.widgets.map(
        (
          entry,
        ) => html`<div role="cell" class="col-widget" data-label=${entry.title[ui.i18n.locale]}>
          <mon-widget .entry=${entry} .props=${this.widgetProps}></mon-widget>
        </div>`,
      )}
      <div role="cell" class="num" data-label=${gpus ? t('overview.column_free') : nothing}>
        ${gpus ? html`<span class=${free ? 'free' : 'dim'}>${free}</span>` : nothing}
      </div>
      <div role="cell" class="num" data-label=${hottest === null ? nothing : t('overview.column_temp')}>
        ${hottest === null ? nothing : temperature(hottest, hot > 0)}
      </div>`
  }

  private absence(server: Server): TemplateResult {
    const text = problemText(server)
    return html`<div role="cell" class="col-rest">
      <span>${presence(server)}</span> <span class="mono" title=${text}>${text}</span>
    </div>`
  }
}

function bar(label: string, value: number | null | undefined, limit = Infinity): TemplateResult {
  const known = typeof value === 'number'
  const over = known && value > limit
  const percent = ui.fmt.percent(value)
  return html`<div role="cell" data-label=${label}>
    <div class="cellbar">
      <div class="track ${over ? 'over' : ''}">
        <i ${cssProperties({ '--v': known ? Math.min(100, Math.max(0, value)) : 0 })}></i>
      </div>
      <b>
        ${
          over
            ? html`<span class="st warn">${statusShape('warn', 11)}${percent.text}</span>`
            : quantity(percent)
        }
      </b>
    </div>
  </div>`
}

function temperature(celsius: number, hot: boolean): TemplateResult {
  return html`<span class=${hot ? 'hot' : ''}
    >${hot ? hotMark : nothing}${quantity(ui.fmt.temperature(celsius))}</span
  >`
}

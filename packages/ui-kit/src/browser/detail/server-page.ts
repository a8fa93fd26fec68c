import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange, Unsubscribe } from '../emitter.js'
import type { Server } from '../live/server.js'
import { serverProblem } from '../overview/server-problem.js'
import { copyableError } from '../parts/copyable-error.js'
import { errorState } from '../parts/empty-state.js'
import { icon } from '../parts/icon.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { WidgetProperties } from '../widgets/widget-context.js'
import { collectorList } from './collector-list.js'
import { diskTable } from './disk-table.js'
import { hostFacts } from './host-facts.js'
import { crumb, pageHead } from './page-head.js'
import { createServerData, type ServerData } from './server-data.js'
import { chartShapes, failedPage, loadingPage, unknownServer } from './states.js'
import { readWindow, readZoom } from './time-window.js'
import { zoomTo } from './zoom-to.js'
import '../overview/lost-notice.js'
import '../widgets/slot.js'
import './live-charts.js'

/** One server: its live charts, disks, collectors and what plugins know of it. */
@customElement('mon-server-detail')
export class ServerPage extends UiElement {
  @property({ attribute: false }) serverId = ''
  private data: ServerData | undefined
  private undo: Unsubscribe[] = []
  /** The same object while nothing of it changes: widgets are told of another. */
  private props: WidgetProperties = {}

  protected override sources(): OnChange[] {
    return [
      (callback) => this.onOwnChange(callback),
      ui.connection.onChange,
      ui.route.onChange,
      ui.widgets.onChange,
      (callback) => this.begin(callback),
    ]
  }

  /** Of all that the stream tells, what is of this server; and that there is a fleet at all. */
  private onOwnChange(callback: () => void): Unsubscribe {
    let wasLoaded = ui.store.loaded
    return ui.store.onServersChange((ids) => {
      if (wasLoaded && !ids.has(this.serverId)) return
      wasLoaded = true
      callback()
    })
  }

  /** Every poll of this server, and every stream that begins anew, has something to ask for. */
  private begin(callback: () => void): Unsubscribe {
    const data = createServerData(this.serverId, ui.clock.now)
    const refresh = () => {
      if (ui.store.servers.has(this.serverId)) data.refresh()
    }
    this.data = data
    this.undo = [data.onChange(callback), ui.store.onServerChange(this.serverId, refresh)]
    refresh()
    return () => {
      for (const undo of this.undo.splice(0)) undo()
      data.stop()
    }
  }

  protected override render(): TemplateResult {
    const isLost = ui.connection.status.state === 'lost'
    if (!ui.store.loaded) return isLost ? failedPage() : loadingPage()
    const server = ui.store.servers.get(this.serverId)
    if (server === undefined) return unknownServer()
    const isStale = isLost || !answers(server)
    return html`<mon-lost-notice></mon-lost-notice>
      ${crumb(server.name)} ${pageHead(server)}
      ${notice(server)}
      <div class=${isStale ? 'is-stale' : ''}>${this.content(server)}</div>`
  }

  protected override updated(): void {
    const name = ui.store.servers.get(this.serverId)?.name
    if (name !== undefined) document.title = `${name} · ${ui.i18n.t('app.name')}`
  }

  private content(server: Server): TemplateResult {
    const full = this.data?.server
    this.keepProps()
    const slot = (placement: 'main' | 'aside') => html`<mon-slot
      name="server.detail"
      placement=${placement}
      .serverId=${this.serverId}
      .store=${this.data?.store ?? ui.store}
      .props=${this.props}
    ></mon-slot>`
    return html`<div class="detail" @zoom=${({ detail }: CustomEvent) => zoomTo(detail)}>
      <div class="stack">
        ${this.charts(server)} ${slot('main')} ${full ? diskTable(full.latest?.disks) : nothing}
      </div>
      <div class="stack">
        ${slot('aside')}
        ${full && this.data ? html`${hostFacts(full, this.data.points)} ${collectorList(full)}` : nothing}
      </div>
    </div>`
  }

  private keepProps(): void {
    const window = readWindow(ui.route.query)
    const zoom = readZoom(ui.route.query)
    const { props } = this
    const isSame = zoom?.from === props.zoom?.from && zoom?.to === props.zoom?.to
    if (window !== props.window || !isSame) this.props = { window, zoom }
  }

  private charts(server: Server): TemplateResult {
    const { data } = this
    const { t } = ui.i18n
    if (data === undefined || (data.server === undefined && data.error === undefined)) {
      return html`<mon-loading .label=${t('detail.loading')} .shape=${chartShapes}></mon-loading>`
    }
    if (data.server === undefined) {
      const heading = t('detail.failed')
      return errorState({ heading, error: data.error, retry: data.refresh })
    }
    return html`${data.error === undefined ? nothing : failedRefresh(data)}
      <mon-live-charts .data=${data} .state=${server.state}></mon-live-charts>`
  }
}

/** What is shown stays, and is tried again with the next poll. */
function failedRefresh({ error, refresh }: ServerData): TemplateResult {
  const { t } = ui.i18n
  return html`<div class="panel problem">
    <strong>${t('detail.refresh_failed')}</strong>
    ${copyableError(
      error,
      html`<div class="btn-row">
        <button class="btn" @click=${refresh}>${icon('rotate-cw')}${t('common.retry')}</button>
      </div>`,
    )}
  </div>`
}

/** Why there are no new figures, and what can be done about it. */
function notice(server: Server): TemplateResult | typeof nothing {
  if (server.state === 'disabled') {
    return html`<div class="note off">
      <span class="st off">${statusShape('off')}</span>
      <div>${ui.i18n.t('detail.disabled')}</div>
    </div>`
  }
  // What fails on a server that answers stands with its collector.
  if (server.state !== 'offline') return nothing
  return html`<section class="panel problem">${serverProblem(server)}</section>`
}

function answers({ state }: Server): boolean {
  return state === 'online' || state === 'degraded'
}

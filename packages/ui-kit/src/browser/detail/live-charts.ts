import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { ChartRange } from '../chart/chart-data.js'
import type { OnChange } from '../emitter.js'
import type { MessageKey } from '../i18n/translate.js'
import type { ServerState } from '../live/server.js'
import { emptyState } from '../parts/empty-state.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { chartsOf, type DetailChart } from './charts-of.js'
import type { FullSnapshot } from './full-server.js'
import { hasHistory } from './page-head.js'
import type { ServerData } from './server-data.js'
import {
  minutesOf,
  readWindow,
  readZoom,
  type TimeWindow,
  windows,
  writeWindow,
} from './time-window.js'
import { zoomTo } from './zoom-to.js'
import '../chart/chart.js'

/** Charts move on in steps of so many seconds, so that a gap grows while nothing comes. */
const pace = 5
const mebibyte = 1024 ** 2

/** The last minutes of a server, all charts with one cursor and one range of time. */
@customElement('mon-live-charts')
export class LiveCharts extends UiElement {
  @property({ attribute: false }) data: ServerData | undefined
  @property({ attribute: false }) state: ServerState = 'online'
  private charts: DetailChart[] = []
  private chartsFor: unknown[] = []
  private range: ChartRange = { from: 0, to: 0 }
  private ticks = 0

  protected override sources(): OnChange[] {
    return [
      (callback) => this.data?.onChange(callback) ?? (() => {}),
      ui.route.onChange,
      (callback) =>
        ui.clock.onTick(() => {
          this.ticks += 1
          if (this.ticks % pace === 0) callback()
        }),
    ]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.onKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.onKey)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { data } = this
    if (data === undefined) return nothing
    const { t } = ui.i18n
    const window = readWindow(ui.route.query)
    const zoom = readZoom(ui.route.query)
    this.keep(data, zoom ?? lastMinutes(window, data.points.ts))
    return html`<div class="live-head">
        <h2>${t('detail.live')}</h2>
        <span class="dim">${t(hasHistory() ? 'detail.live_and_history' : 'detail.live_detail')}</span>
        ${
          zoom &&
          html`<button class="btn" @click=${() => zoomTo(null)}>
            ${icon('zoom-out')}${t('detail.zoom_reset')}
          </button>`
        }
        <div class="seg" role="group" aria-label=${t('detail.window')}>
          ${windows.map((each) => this.windowButton(each, each === window && !zoom))}
        </div>
      </div>
      ${this.charts.length === 0 ? this.empty() : this.grid(data.server?.latest)}`
  }

  private windowButton(window: TimeWindow, pressed: boolean): TemplateResult {
    const go = () => ui.route.navigate(ui.route.withQuery(writeWindow(window)))
    return html`<button aria-pressed=${pressed} @click=${go}>
      ${ui.i18n.t('detail.minutes', { count: minutesOf(window) })}
    </button>`
  }

  private grid(latest: FullSnapshot | null | undefined): TemplateResult {
    return html`<div class="charts">
      ${repeat(
        this.charts,
        ({ name }) => name,
        ({ name, label, unit, data }) => html`<mon-chart
          class="panel"
          group="server"
          .label=${label}
          .unit=${unit}
          .data=${data}
          .range=${this.range}
          .note=${name === 'mem_pct' ? memoryInUse(latest) : ''}
        ></mon-chart>`,
      )}
    </div>`
  }

  private empty(): TemplateResult {
    const { t } = ui.i18n
    return emptyState({
      heading: t('detail.no_points'),
      text: t(noPointsBecause[this.state]),
    })
  }

  /** What has not changed stays the same object, so that charts draw only what is new. */
  private keep(data: ServerData, { from, to }: ChartRange): void {
    const { t, locale } = ui.i18n
    const source = [data.points, data.metrics, locale]
    if (source.some((each, index) => each !== this.chartsFor[index])) {
      this.chartsFor = source
      this.charts = chartsOf(data.metrics, data.points, { t, locale })
    }
    if (from !== this.range.from || to !== this.range.to) this.range = { from, to }
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    if (document.querySelector('dialog:modal, :popover-open') === null) zoomTo(null)
  }
}

const noPointsBecause = {
  online: 'detail.no_points_yet',
  degraded: 'detail.no_points_yet',
  unknown: 'detail.no_points_unknown',
  offline: 'detail.no_points_offline',
  disabled: 'detail.no_points_disabled',
} as const satisfies Record<ServerState, MessageKey>

/** Up to now, or to the newest point if that is later by its clock. */
function lastMinutes(window: TimeWindow, ts: readonly number[]): ChartRange {
  const now = Math.floor(ui.clock.now() / pace) * pace
  const to = Math.max(now, ts.at(-1) ?? 0)
  return { from: to - minutesOf(window) * 60, to }
}

function memoryInUse(latest: FullSnapshot | null | undefined): string {
  const size = (mb: number | null | undefined) =>
    ui.fmt.bytes(typeof mb === 'number' ? mb * mebibyte : null).text
  return latest
    ? ui.i18n.t('card.used_of', {
        used: size(latest.mem_used_mb),
        total: size(latest.mem_total_mb),
      })
    : ''
}

import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { filterBar } from './filter-bar.js'
import { createListing } from './listing.js'
import { browseByPage, isBrowsedByPage, pager, pageSize } from './pager.js'
import { preloadWidgets } from './preload-widgets.js'
import { empty, loading, noMatch } from './states.js'
import { initialView, isFiltered, type OverviewView, readView, writeView } from './view.js'
import './card-list.js'
import './load-failed.js'
import './lost-notice.js'
import './search-field.js'
import './server-table.js'
import './summary.js'

/** Shorter waits show nothing rather than a flash of grey. */
const skeletonDelay = 200

@customElement('mon-overview')
export class OverviewPage extends UiElement {
  @state() private slow = false
  @state() private hasWidgets = false
  private readonly listing = createListing(ui)

  override connectedCallback(): void {
    super.connectedCallback()
    void preloadWidgets().then(() => {
      this.hasWidgets = true
    })
    setTimeout(() => {
      this.slow = true
    }, skeletonDelay)
  }

  protected override sources(): OnChange[] {
    return [ui.store.onChange, ui.connection.onChange, ui.route.onChange, ui.widgets.onChange]
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const view = readView(ui.route.query)
    const isShown = ui.store.loaded && ui.store.servers.size > 0
    return html`<div class="page-head overview-head">
        <h1>${t('overview.title')}</h1>
        ${isShown ? this.tools(view) : nothing}
      </div>
      ${this.content(view)}`
  }

  private tools({ q, view }: OverviewView): TemplateResult {
    const { t } = ui.i18n
    const button = (kind: OverviewView['view'], drawing: TemplateResult, word: string) =>
      html`<button aria-pressed=${view === kind} @click=${() => this.change({ view: kind })}>
        ${drawing}${word}
      </button>`
    return html`<mon-search-field .value=${q} .search=${this.search}></mon-search-field>
      <div class="seg" role="group" aria-label=${t('overview.view')}>
        ${button('cards', icon('layout-grid'), t('overview.cards'))}
        ${button('table', icon('rows-3'), t('overview.table'))}
      </div>`
  }

  private content(view: OverviewView): TemplateResult {
    const { status } = ui.connection
    const { servers, loaded } = ui.store
    const isLost = status.state === 'lost'
    if (!loaded && isLost) return html`<mon-load-failed></mon-load-failed>`
    if (!loaded || !this.hasWidgets) return this.slow ? loading() : html``
    return html`<mon-lost-notice></mon-lost-notice>
      <div class=${isLost ? 'is-stale' : ''}>
        ${servers.size === 0 ? empty() : this.fleet(view)}
      </div>`
  }

  private fleet(view: OverviewView): TemplateResult {
    const ids = this.listing.update(view, this.isInUse())
    return html`<mon-summary .view=${view} .change=${this.change}></mon-summary>
      ${filterBar(view, this.change)}
      ${ids.length === 0 && isFiltered(view) ? noMatch(view, this.clear) : this.list(view, ids)}`
  }

  private list(view: OverviewView, ids: readonly string[]): TemplateResult {
    const { t } = ui.i18n
    const whole = isBrowsedByPage()
    const last = Math.max(1, Math.ceil(ids.length / pageSize))
    const page = whole ? Math.min(view.page, last) : 1
    const offset = (page - 1) * pageSize
    const shown = whole ? ids.slice(offset, offset + pageSize) : ids
    const switchWord = t(whole ? 'overview.browse_scrolling' : 'overview.browse_by_page')
    return html`<button class="btn on-focus" @click=${this.switchBrowsing}>${switchWord}</button>
      <div class="fleet" @pointerleave=${this.settle} @focusout=${this.settle}>
        ${
          view.view === 'cards'
            ? html`<mon-card-list
                .ids=${shown}
                .offset=${offset}
                .total=${ids.length}
                .whole=${whole}
              ></mon-card-list>`
            : html`<mon-server-table
                .ids=${shown}
                .offset=${offset}
                .total=${ids.length}
                .whole=${whole}
                .view=${view}
                .change=${this.change}
              ></mon-server-table>`
        }
      </div>
      ${whole ? pager(page, ids.length, this.goToPage) : nothing}`
  }

  /** Nothing moves under the pointer or away from the focus. A finger leaves no pointer behind. */
  private isInUse(): boolean {
    const list = this.querySelector('.cards, .servers-body')
    const hover = matchMedia('(hover: hover)').matches ? ':hover, ' : ''
    return list?.matches(`${hover}:focus-within`) ?? false
  }

  private readonly settle = (): void => {
    this.listing.settle()
    this.requestUpdate()
  }

  private readonly change = (changes: Partial<OverviewView>): void => {
    ui.route.navigate(this.address({ page: 1, ...changes }))
  }

  private readonly search = (q: string): void => {
    ui.route.replace(this.address({ q, page: 1 }))
  }

  private readonly clear = (): void => {
    const { q, status, tag, busy, free, hot } = initialView
    this.change({ q, status, tag, busy, free, hot })
  }

  private readonly goToPage = (page: number): void => {
    ui.route.navigate(this.address({ page }))
    this.querySelector('.fleet')?.scrollIntoView({ block: 'start' })
  }

  private readonly switchBrowsing = (): void => {
    browseByPage(!isBrowsedByPage())
    this.requestUpdate()
  }

  private address(changes: Partial<OverviewView>): string {
    return ui.route.withQuery(writeView({ ...readView(ui.route.query), ...changes }))
  }
}

import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { holdOrder, problemsFirst } from './order.js'
import { empty, loading, noMatch } from './states.js'
import { type FilterState, filterStates, statusOf } from './status-of.js'
import { summary } from './summary.js'
import './load-failed.js'
import './lost-notice.js'
import './server-card.js'

/** Shorter waits show nothing rather than a flash of grey. */
const skeletonDelay = 200

@customElement('mon-overview')
export class OverviewPage extends UiElement {
  @state() private slow = false
  private order: readonly string[] = []
  private orderedFor: FilterState | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    setTimeout(() => {
      this.slow = true
    }, skeletonDelay)
  }

  protected override sources(): OnChange[] {
    return [ui.store.onChange, ui.connection.onChange, ui.route.onChange]
  }

  protected override render(): TemplateResult {
    return html`<div class="page-head"><h1>${ui.i18n.t('overview.title')}</h1></div>
      ${this.content()}`
  }

  private content(): TemplateResult {
    const { status } = ui.connection
    const { servers, loaded } = ui.store
    if (!loaded && status.state === 'lost') return html`<mon-load-failed></mon-load-failed>`
    if (!loaded) return this.slow ? loading() : html``
    const isLost = status.state === 'lost'
    return html`<mon-lost-notice></mon-lost-notice>
      <div class=${isLost ? 'is-stale' : ''}>
        ${servers.size === 0 ? empty() : this.fleet()}
      </div>`
  }

  private fleet(): TemplateResult {
    const { servers } = ui.store
    this.order = this.nextOrder()
    return html`${summary(servers, this.filter, (state) => this.toggle(state))}
    ${this.order.length === 0 && this.filter ? noMatch(this.word(this.filter), this.clear) : this.cards()}`
  }

  private cards(): TemplateResult {
    return html`<ul
      class="cards"
      aria-label=${ui.i18n.t('overview.list')}
      @pointerleave=${this.settle}
      @focusout=${this.settle}
    >
      ${repeat(
        this.order,
        (id) => id,
        (id) => html`<li>
          <mon-server-card class="panel card" .serverId=${id}></mon-server-card>
        </li>`,
      )}
    </ul>`
  }

  private nextOrder(): string[] {
    const { servers } = ui.store
    const { filter } = this
    const shown = [...servers.values()].filter(({ state }) => !filter || state === filter)
    const next = problemsFirst(shown, collatorFor(ui.i18n.locale)).map(({ id }) => String(id))
    const isSameView = filter === this.orderedFor
    this.orderedFor = filter
    return isSameView && this.isInUse()
      ? holdOrder(this.order, next, (id) => servers.has(id))
      : next
  }

  /** Nothing moves under the pointer or away from the focus. A finger leaves no pointer behind. */
  private isInUse(): boolean {
    const list = this.querySelector('.cards')
    const hover = matchMedia('(hover: hover)').matches ? ':hover, ' : ''
    return list?.matches(`${hover}:focus-within`) ?? false
  }

  private settle(): void {
    this.requestUpdate()
  }

  private get filter(): FilterState | undefined {
    const wanted = ui.route.query('status')
    return filterStates.find((state) => state === wanted)
  }

  private toggle(state: FilterState): void {
    ui.route.navigate(ui.route.withQuery({ status: this.filter === state ? null : state }))
  }

  private clear = (): void => {
    ui.route.navigate(ui.route.withQuery({ status: null }))
  }

  private word(state: FilterState): string {
    return ui.i18n.t(statusOf({ state }).word)
  }
}

const collators = new Map<string, Intl.Collator>()

function collatorFor(locale: string): Intl.Collator {
  const known = collators.get(locale)
  if (known) return known
  const tag = locale === 'zh-CN' ? 'zh-Hans-u-co-pinyin' : locale
  const collator = new Intl.Collator(tag, { numeric: true })
  collators.set(locale, collator)
  return collator
}

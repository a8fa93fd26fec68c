import { html, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { cssProperties } from '../parts/css-properties.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { WindowRows } from './window-rows.js'
import './server-card.js'

const cardWidth = 336
const gap = 12
/** Of a card with one row of GPU cells. */
const usualHeight = 218 + gap

/** Servers as cards, in rows of as many as fit. */
@customElement('mon-card-list')
export class CardList extends UiElement {
  @property({ attribute: false }) ids: readonly string[] = []
  /** Where in the whole list they begin, and how many that has: for screen readers. */
  @property({ attribute: false }) offset = 0
  @property({ attribute: false }) total = 0
  /** All at once, without rows that come and go. */
  @property({ attribute: false }) whole = false
  @state() private columns = 1
  private readonly resized = new ResizeObserver(() => this.fitColumns())
  private readonly rows = new WindowRows(this, {
    estimate: () => usualHeight,
    key: (index) => `row ${index}`,
    row: (index, reference) => this.row(index, reference),
  })

  override connectedCallback(): void {
    super.connectedCallback()
    this.fitColumns()
    this.resized.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.resized.disconnect()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('columns')) this.rows.forgetSizes()
  }

  protected override render(): TemplateResult {
    const count = Math.ceil(this.ids.length / this.columns)
    return html`<div
      class="cards"
      role="list"
      aria-label=${ui.i18n.t('overview.list')}
      ${cssProperties({ '--columns': this.columns })}
    >
      ${
        this.whole
          ? Array.from({ length: count }, (_, index) => this.row(index, undefined))
          : this.rows.render(count)
      }
    </div>`
  }

  private row(index: number, reference: unknown): TemplateResult {
    const first = index * this.columns
    return html`<div class="cards-row" role="presentation" data-index=${index} ${reference}>
      ${repeat(
        this.ids.slice(first, first + this.columns),
        (id) => id,
        (id, column) => html`<mon-server-card
          class="panel card"
          role="listitem"
          aria-setsize=${this.total}
          aria-posinset=${this.offset + first + column + 1}
          .serverId=${id}
        ></mon-server-card>`,
      )}
    </div>`
  }

  private fitColumns(): void {
    this.columns = Math.max(1, Math.floor((this.clientWidth + gap) / (cardWidth + gap)))
  }
}

import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import { cssProperties } from '../parts/css-properties.js'
import { sortButton } from '../table/sort-button.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { ChangeView } from './summary.js'
import { initialView, type SortKey } from './view.js'
import { WindowRows } from './window-rows.js'
import './server-row.js'

const rowHeight = 41

/** Servers as rows of a table, whose headers sort. */
@customElement('mon-server-table')
export class ServerTable extends UiElement {
  @property({ attribute: false }) ids: readonly string[] = []
  /** Where in the whole list they begin, and how many that has: for screen readers. */
  @property({ attribute: false }) offset = 0
  @property({ attribute: false }) total = 0
  /** All at once, without rows that come and go. */
  @property({ attribute: false }) whole = false
  @property({ attribute: false }) view = initialView
  @property({ attribute: false }) change: ChangeView = () => undefined
  private readonly rows = new WindowRows(this, {
    estimate: () => rowHeight,
    key: (index) => this.ids[index] ?? '',
    row: (index, reference) => this.row(index, reference),
  })

  protected override sources(): OnChange[] {
    return [ui.widgets.onChange]
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const widgets = ui.widgets.inSlot('overview.cell')
    return html`<div
      class="panel servers"
      role="table"
      aria-label=${t('overview.list')}
      aria-rowcount=${this.total + 1}
      ${cssProperties({ '--widget-columns': widgetColumns(widgets.length) })}
    >
      <div role="rowgroup" class="servers-head">
        <div role="row" aria-rowindex="1">
          ${this.sortable('problems', t('overview.column_status'))}
          ${this.sortable('name', t('overview.column_server'))}
          ${this.sortable('cpu', t('card.cpu'))} ${this.sortable('memory', t('card.memory'))}
          ${this.sortable('disk', t('card.disk'))}
          ${header(t('card.in'), 'num col-net')} ${header(t('card.out'), 'num col-net')}
          ${widgets.map(({ title }) => header(title[ui.i18n.locale], 'col-widget'))}
          ${this.sortable('free', t('overview.column_free'), 'num')}
          ${this.sortable('temp', t('overview.column_temp'), 'num')}
        </div>
      </div>
      <div role="rowgroup" class="servers-body">
        ${
          this.whole
            ? repeat(
                this.ids,
                (id) => id,
                (_id, index) => this.row(index, undefined),
              )
            : this.rows.render(this.ids.length)
        }
      </div>
    </div>`
  }

  private row(index: number, reference: unknown): TemplateResult {
    return html`<mon-server-row
      role="row"
      aria-rowindex=${this.offset + index + 2}
      data-index=${index}
      .serverId=${this.ids[index] ?? ''}
      .widgets=${ui.widgets.inSlot('overview.cell')}
      ${reference}
    ></mon-server-row>`
  }

  private sortable(key: SortKey, word: string, kind = ''): TemplateResult {
    const { sort, reversed } = this.view
    const sorted = sort === key
    const ascends = (key === 'problems' || key === 'name') !== reversed
    const direction = ascends ? 'ascending' : 'descending'
    return html`<div role="columnheader" class=${kind} aria-sort=${sorted ? direction : nothing}>
      ${sortButton(word, sorted ? direction : undefined, () =>
        this.change({ sort: key, reversed: sorted && !reversed }),
      )}
    </div>`
  }
}

/** CSS knows no repetition of none. */
function widgetColumns(count: number): string {
  return count === 0 ? '' : `repeat(${count}, minmax(80px, 2fr))`
}

function header(word: string, kind: string): TemplateResult {
  return html`<div role="columnheader" class=${kind}>${word}</div>`
}

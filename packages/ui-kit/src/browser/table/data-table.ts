import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { collatorOf } from '../format/collator.js'
import { icon } from '../parts/icon.js'
import { skeleton } from '../parts/skeleton.js'
import { ui } from '../ui.js'
import { type PageNavOptions, pageNav, withinPages } from './page-nav.js'
import { sortButton } from './sort-button.js'
import { sortRows, type TableColumn, type TableSort } from './table-column.js'
import '../parts/loading.js'

export interface DataTableOptions<Row> {
  /** What the rows are, for screen readers. */
  label: string
  /** The first heads its row, and stays in sight when the others scroll. */
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  /** Tells the rows apart. */
  id(row: Row): string
  sort?: TableSort
  onSort?(sort: TableSort): void
  /** With `total` the rows are one page of so many, as the server sorted them. */
  pages?: Omit<PageNavOptions, 'total'> & { total?: number }
  selection?: TableSelection<Row>
  /** Stands in the place of the rows while there are none. */
  empty?: unknown
  /** What is being loaded: grey rows stand in the place of those to come. */
  loading?: string
}

export interface TableSelection<Row> {
  selected: ReadonlySet<string>
  change(selected: ReadonlySet<string>): void
  /** Names a row's checkbox: `Select gpu-01`. */
  label(row: Row): string
}

/**
 * Rows that are sorted, paged and selected. It holds nothing itself: what it is given is what it
 * shows, so that a page can keep all of it in its address. On less than 640 px the rows become
 * labelled blocks, and nothing scrolls sideways.
 */
export function dataTable<Row>(options: DataTableOptions<Row>): TemplateResult {
  const { label, columns, loading, empty, rows, pages } = options
  if (loading !== undefined) {
    return html`<mon-loading .label=${loading} .shape=${shape(columns.length)}></mon-loading>`
  }
  if (rows.length === 0 && empty !== undefined) return html`${empty}`
  const total = pages?.total ?? rows.length
  const page = pages ? withinPages(pages.page, pages.size, total) : 1
  const shown = shownRows(options, page)
  const offset = pages ? (page - 1) * pages.size : 0
  return html`<div class="data-table">
    ${toolbar(options)}
    <div class="panel data-table-scroll">
      <table role="table" aria-label=${label} aria-rowcount=${total + 1}>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex="1">
            ${options.selection ? html`<th role="columnheader" class="select">${selectAll(options)}</th>` : nothing}
            ${columns.map((column) => header(column, options))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(shown, options.id, (row, index) => bodyRow(row, offset + index + 2, options))}
        </tbody>
      </table>
    </div>
    ${pages && total > pages.size ? pageNav({ ...pages, page, total }) : nothing}
  </div>`
}

/** Those of this page, sorted, unless the server has done both. */
function shownRows<Row>(
  { rows, columns, sort, pages }: DataTableOptions<Row>,
  page: number,
): readonly Row[] {
  if (pages?.total !== undefined) return rows
  const sorted = sort ? sortRows(rows, columns, sort, collatorOf(ui.i18n.locale)) : rows
  return pages ? sorted.slice((page - 1) * pages.size, page * pages.size) : sorted
}

function header<Row>(
  column: TableColumn<Row>,
  { sort, onSort }: DataTableOptions<Row>,
): TemplateResult {
  const { key, label, numeric, sortable, quiet } = column
  const isSorted = sort?.key === key
  const direction = !isSorted ? undefined : sort.descending ? 'descending' : 'ascending'
  // Of figures one looks for the highest first.
  const next = { key, descending: isSorted ? !sort.descending : numeric === true }
  const word = sortable
    ? sortButton(label, direction, () => onSort?.(next))
    : html`<span class=${quiet ? 'sr' : ''}>${label}</span>`
  return html`<th role="columnheader" class=${numeric ? 'num' : ''} aria-sort=${direction ?? nothing}>
    ${word}
  </th>`
}

function bodyRow<Row>(
  row: Row,
  rowIndex: number,
  { columns, id, selection }: DataTableOptions<Row>,
): TemplateResult {
  const rowId = id(row)
  const isSelected = selection?.selected.has(rowId) ?? false
  const toggle = () => {
    if (!selection) return
    const selected = new Set(selection.selected)
    if (!selected.delete(rowId)) selected.add(rowId)
    selection.change(selected)
  }
  return html`<tr role="row" aria-rowindex=${rowIndex} class=${isSelected ? 'is-selected' : ''}>
    ${
      selection
        ? html`<td role="cell" class="select">${checkbox(selection.label(row), isSelected, false, toggle)}</td>`
        : nothing
    }
    ${columns.map((column, index) => bodyCell(column, row, index === 0))}
  </tr>`
}

function bodyCell<Row>(column: TableColumn<Row>, row: Row, isFirst: boolean): TemplateResult {
  const content = column.cell ? column.cell(row) : (column.value?.(row) ?? '–')
  const kind = `col-${column.key} ${column.numeric ? 'num' : ''}`
  if (isFirst) return html`<th role="rowheader" scope="row" class=${kind}>${content}</th>`
  const label = column.quiet ? nothing : column.label
  return html`<td role="cell" class=${kind} data-label=${label}>${content}</td>`
}

/** Where the head has no room: all at once, and by what they are sorted. */
function toolbar<Row>(options: DataTableOptions<Row>): TemplateResult | typeof nothing {
  const { columns, sort, onSort, selection } = options
  const sortable = columns.filter((column) => column.sortable)
  if (sortable.length === 0 && !selection) return nothing
  const { t } = ui.i18n
  const choose = ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLSelectElement)) return
    const chosen = sortable.find(({ key }) => key === currentTarget.value)
    if (chosen) onSort?.({ key: chosen.key, descending: chosen.numeric === true })
  }
  return html`<div class="data-table-tools">
    ${selection ? html`<label>${selectAll(options)}<span aria-hidden="true">${t('table.all')}</span></label>` : nothing}
    ${
      sort && sortable.length > 0
        ? html`<label class="sort-by">
              <span>${t('table.sort_by')}</span>
              <select @change=${choose}>
                ${sortable.map(
                  ({ key, label }) =>
                    html`<option value=${key} .selected=${key === sort.key}>${label}</option>`,
                )}
              </select>
              ${icon('chevron-down')}
            </label>
            <button
              type="button"
              class="btn quiet icon"
              aria-label=${t(sort.descending ? 'table.descending' : 'table.ascending')}
              title=${t(sort.descending ? 'table.descending' : 'table.ascending')}
              @click=${() => onSort?.({ key: sort.key, descending: !sort.descending })}
            >
              ${icon(sort.descending ? 'arrow-down' : 'arrow-up')}
            </button>`
        : nothing
    }
  </div>`
}

/** All rows, also those on other pages: what is selected is what matches the filter. */
function selectAll<Row>({ rows, id, selection }: DataTableOptions<Row>): unknown {
  if (!selection) return nothing
  const ids = rows.map(id)
  const count = ids.filter((each) => selection.selected.has(each)).length
  const isAll = count > 0 && count === ids.length
  const label = ui.i18n.t('table.select_all', { count: ids.length })
  return checkbox(label, isAll, count > 0 && !isAll, () =>
    selection.change(new Set(isAll ? [] : ids)),
  )
}

function checkbox(
  label: string,
  checked: boolean,
  indeterminate: boolean,
  toggle: () => void,
): TemplateResult {
  return html`<input
    type="checkbox"
    aria-label=${label}
    .checked=${checked}
    .indeterminate=${indeterminate}
    @change=${toggle}
  />`
}

function shape(columns: number): TemplateResult {
  const cells = Array.from({ length: Math.min(columns, 5) }, (_, index) =>
    skeleton(index === 0 ? '70%' : '50%'),
  )
  return html`<div class="panel data-table-shape">
    ${Array.from({ length: 6 }, () => html`<div>${cells}</div>`)}
  </div>`
}

/** A column of a table whose rows are `Row`. */
export interface TableColumn<Row> {
  key: string
  label: string
  /** What it sorts by, and what it shows unless `cell` says otherwise. */
  value?(row: Row): string | number | null | undefined
  cell?(row: Row): unknown
  sortable?: boolean
  /** Figures: aligned to the right. */
  numeric?: boolean
  /** The cells speak for themselves: the label is for screen readers only. */
  quiet?: boolean
}

export interface TableSort {
  key: string
  descending: boolean
}

/** Sorts by a column, equal rows staying as they are; what is unknown comes last either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort,
  collator: Pick<Intl.Collator, 'compare'>,
): readonly Row[] {
  const column = columns.find(({ key }) => key === sort.key)
  if (column?.value === undefined) return rows
  const direction = sort.descending ? -1 : 1
  const keyed = rows.map((row) => ({ row, value: column.value?.(row) ?? null }))
  return keyed
    .sort(({ value: a }, { value: b }) => {
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      const isNumeric = typeof a === 'number' && typeof b === 'number'
      return direction * (isNumeric ? a - b : collator.compare(String(a), String(b)))
    })
    .map(({ row }) => row)
}

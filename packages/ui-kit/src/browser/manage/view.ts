import type { QueryChanges } from '../route.js'
import type { TableSort } from '../table/table-column.js'

export const sortKeys = ['name', 'address', 'state', 'interval', 'enabled'] as const

/** What the list shows. It is kept in the address and nowhere else. */
export interface ManageView {
  q: string
  sort: TableSort
  /** From 1. */
  page: number
}

const initialSort: TableSort = { key: 'name', descending: false }

/** Reads the query string; what makes no sense in it is passed over. */
export function readView(query: (name: string) => string | null): ManageView {
  const sort = query('sort') ?? ''
  const key = sortKeys.find((each) => each === sort.replace(/^-/, ''))
  const page = Number(query('page'))
  return {
    q: query('q') ?? '',
    sort: key ? { key, descending: sort.startsWith('-') } : initialSort,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  }
}

/** The query string that reads as this view: the usual has no place in it. */
export function writeView({ q, sort, page }: ManageView): QueryChanges {
  const isUsual = sort.key === initialSort.key && !sort.descending
  return {
    q: q || null,
    sort: isUsual ? null : (sort.descending ? '-' : '') + sort.key,
    page: page > 1 ? String(page) : null,
  }
}

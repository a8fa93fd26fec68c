import type { QueryChanges } from '../route.js'
import { type FilterState, filterStates } from './status-of.js'

/** By what the servers are sorted. Names ascend, figures descend, unless reversed. */
export const sortKeys = ['problems', 'name', 'cpu', 'memory', 'disk', 'free', 'temp'] as const
export type SortKey = (typeof sortKeys)[number]

/** What the overview shows. It is kept in the address and nowhere else. */
export interface OverviewView {
  q: string
  status: FilterState | null
  tag: string | null
  /** Servers with a GPU in use, a free one, a hot one. */
  busy: boolean
  free: boolean
  hot: boolean
  sort: SortKey
  reversed: boolean
  view: 'cards' | 'table'
  /** From 1; counts where the list is browsed page by page. */
  page: number
}

export const initialView: OverviewView = {
  q: '',
  status: null,
  tag: null,
  busy: false,
  free: false,
  hot: false,
  sort: 'problems',
  reversed: false,
  view: 'cards',
  page: 1,
}

/** Reads the query string; what makes no sense in it is passed over. */
export function readView(query: (name: string) => string | null): OverviewView {
  const sort = query('sort') ?? ''
  const key = sort.replace(/^-/, '')
  const page = Number(query('page'))
  return {
    q: query('q') ?? '',
    status: filterStates.find((state) => state === query('status')) ?? null,
    tag: query('tag') || null,
    busy: query('busy') === '1',
    free: query('free') === '1',
    hot: query('hot') === '1',
    sort: sortKeys.find((each) => each === key) ?? 'problems',
    reversed: sort.startsWith('-') && sortKeys.some((each) => each === key),
    view: query('view') === 'table' ? 'table' : 'cards',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  }
}

/** The query string that reads as this view: short, for the usual has no place in it. */
export function writeView(view: OverviewView): QueryChanges {
  const flag = (on: boolean) => (on ? '1' : null)
  const sort = (view.reversed ? '-' : '') + view.sort
  return {
    q: view.q || null,
    status: view.status,
    tag: view.tag,
    busy: flag(view.busy),
    free: flag(view.free),
    hot: flag(view.hot),
    sort: sort === initialView.sort ? null : sort,
    view: view.view === 'table' ? 'table' : null,
    page: view.page > 1 ? String(view.page) : null,
  }
}

export function isFiltered({ q, status, tag, busy, free, hot }: OverviewView): boolean {
  return q.trim() !== '' || status !== null || tag !== null || busy || free || hot
}

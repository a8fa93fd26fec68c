import { createEmitter, type OnChange, type Unsubscribe } from './emitter.js'
import { followLink } from './follow-link.js'

/** Where we are. The URL is the only store for view state, so that a reload or a shared link shows the same. */
export interface Route {
  readonly path: string
  /** A value of the query string. */
  query(name: string): string | null
  /** All values of one that repeats, e.g. `?s=1&s=2`. */
  queries(name: string): string[]
  /** This page with these values of its query string changed, `null` for none. */
  withQuery(changes: QueryChanges): string
  /** Goes to a place that the back button leads away from. */
  navigate(to: string): void
  /** Changes where we are without a step for the back button: while someone types or drags. */
  replace(to: string): void
  /** Click handler of links within the shell: goes there without a reload. */
  follow(event: MouseEvent): void
  /** Asked before the back button leads away, until this is undone. */
  guard(mayLeave: () => boolean | Promise<boolean>): Unsubscribe
  onChange: OnChange
}

export type QueryChanges = Record<string, string | readonly string[] | null>

export function createRoute(): Route {
  const { emit, onChange } = createEmitter()
  let shown = new URL(location.href)
  let mayLeave: (() => boolean | Promise<boolean>) | undefined
  window.addEventListener('popstate', onPopState)

  function show(): void {
    shown = new URL(location.href)
    emit()
  }

  function navigate(to: string): void {
    const before = location.pathname
    history.pushState(null, '', to)
    if (location.pathname !== before) window.scrollTo(0, 0)
    show()
  }

  /** A step back cannot be refused: it is undone, and taken again once it may be. */
  async function onPopState(): Promise<void> {
    const answer = mayLeave?.() ?? true
    if (answer === true) return show()
    history.pushState(null, '', shown)
    if (!(await answer)) return
    mayLeave = undefined
    history.back()
  }

  return {
    get path() {
      return location.pathname
    },
    query: (name) => new URLSearchParams(location.search).get(name),
    queries: (name) => new URLSearchParams(location.search).getAll(name),
    withQuery(changes) {
      const url = new URL(location.href)
      for (const [name, value] of Object.entries(changes)) {
        url.searchParams.delete(name)
        for (const each of value === null ? [] : [value].flat()) url.searchParams.append(name, each)
      }
      return url.pathname + url.search
    },
    navigate,
    replace(to) {
      history.replaceState(null, '', to)
      show()
    },
    follow: followLink(navigate),
    guard(ask) {
      mayLeave = ask
      return () => {
        if (mayLeave === ask) mayLeave = undefined
      }
    },
    onChange,
  }
}

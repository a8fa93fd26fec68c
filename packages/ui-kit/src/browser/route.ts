import { createEmitter, type OnChange } from './emitter.js'

/** Where we are. The URL is the only store for view state, so that a reload or a shared link shows the same. */
export interface Route {
  readonly path: string
  /** A value of the query string. */
  query(name: string): string | null
  /** This page with one value of its query string changed, `null` for none. */
  withQuery(name: string, value: string | null): string
  navigate(to: string): void
  /** Click handler of links within the shell: goes there without a reload. */
  follow(event: MouseEvent): void
  onChange: OnChange
}

export function createRoute(): Route {
  const { emit, onChange } = createEmitter()
  window.addEventListener('popstate', emit)

  function navigate(to: string): void {
    history.pushState(null, '', to)
    emit()
  }

  return {
    get path() {
      return location.pathname
    },
    query: (name) => new URLSearchParams(location.search).get(name),
    withQuery(name, value) {
      const url = new URL(location.href)
      if (value === null) url.searchParams.delete(name)
      else url.searchParams.set(name, value)
      return url.pathname + url.search
    },
    navigate,
    follow(event) {
      const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
      const link = event.currentTarget
      if (modified || event.button !== 0 || !(link instanceof HTMLAnchorElement)) return
      event.preventDefault()
      navigate(link.pathname + link.search)
    },
    onChange,
  }
}

/** An answer as it was sent. */
export interface KnownPage {
  body: Buffer
  total: number
  /** The cursor of the page after it; null at the end. */
  next: string | null
}

/** The pages that were asked for last, by their tags; the same tag is the same page. */
export interface PageCache {
  get(tag: string): KnownPage | undefined
  set(tag: string, page: KnownPage): void
}

export function createPageCache(most_bytes: number): PageCache {
  const pages = new Map<string, KnownPage>()
  let bytes = 0
  return {
    get(tag) {
      const page = pages.get(tag)
      if (page === undefined) return undefined
      // The one that was used last is the last to go.
      pages.delete(tag)
      pages.set(tag, page)
      return page
    },
    set(tag, page) {
      bytes += page.body.length - (pages.get(tag)?.body.length ?? 0)
      pages.delete(tag)
      pages.set(tag, page)
      for (const [oldest, { body }] of pages) {
        if (bytes <= most_bytes) return
        pages.delete(oldest)
        bytes -= body.length
      }
    },
  }
}

import { createEmitter, type OnChange } from '../emitter.js'
import { request } from '../http/request.js'
import type { Locale } from '../i18n/translate.js'

/** An entry of `GET /api/widgets`: `WidgetManifestEntry` of `@mon/core`. */
export interface WidgetEntry {
  plugin: string
  tag: string
  slot: string
  module: string
  title: Record<Locale, string>
  icon: string | null
  path: string | null
}

export interface WidgetCatalogue {
  inSlot(slot: string): readonly WidgetEntry[]
  /** Asks the aggregator, unless it has answered before. */
  load(): Promise<void>
  onChange: OnChange
}

/** What plugins put where, in the order the aggregator gives. */
export function createWidgetCatalogue(): WidgetCatalogue {
  const { emit, onChange } = createEmitter()
  let entries: readonly WidgetEntry[] | undefined
  let loading: Promise<void> | undefined

  async function ask(): Promise<void> {
    entries = await request<WidgetEntry[]>('GET', '/api/widgets')
    emit()
  }

  return {
    inSlot: (slot) => entries?.filter((entry) => entry.slot === slot) ?? [],
    async load() {
      if (entries !== undefined) return
      loading ??= ask().finally(() => {
        loading = undefined
      })
      await loading
    },
    onChange,
  }
}

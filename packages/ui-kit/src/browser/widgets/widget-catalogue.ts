import { createEmitter, type OnChange } from '../emitter.js'
import { request } from '../http/request.js'
import type { PluginMessages } from '../i18n/plugin-messages.js'
import type { Locale } from '../i18n/translate.js'

/** An entry of `GET /api/widgets`: `WidgetManifestEntry` of `@mon/core`. */
export interface WidgetEntry {
  plugin: string
  tag: string
  slot: string
  placement: 'main' | 'aside' | null
  module: string
  title: Record<Locale, string>
  icon: string | null
  path: string | null
  messages: Record<Locale, Record<string, string>> | null
  api: number
}

export interface WidgetCatalogue {
  inSlot(slot: string): readonly WidgetEntry[]
  /** What the plugins say; those of one plugin's widgets are merged. */
  readonly messages: PluginMessages
  /** Asks the aggregator, unless it has answered before. */
  load(): Promise<void>
  onChange: OnChange
}

/** The version of `WidgetContext` that this page has. */
const servedApi = 1

/** What plugins put where, in the order the aggregator gives. */
export function createWidgetCatalogue(): WidgetCatalogue {
  const { emit, onChange } = createEmitter()
  const messages: PluginMessages = new Map()
  let entries: readonly WidgetEntry[] | undefined
  let loading: Promise<void> | undefined

  async function ask(): Promise<void> {
    const all = await request<WidgetEntry[]>('GET', '/api/widgets')
    for (const { tag, api } of all) {
      if (api !== servedApi) console.warn(`<${tag}> is skipped: it is written for ctx.api ${api}.`)
    }
    entries = all.filter(({ api }) => api === servedApi)
    entries.forEach(merge)
    emit()
  }

  function merge({ plugin, messages: own }: WidgetEntry): void {
    if (own === null) return
    const known = messages.get(plugin)
    messages.set(plugin, {
      'zh-CN': { ...known?.['zh-CN'], ...own['zh-CN'] },
      en: { ...known?.en, ...own.en },
    })
  }

  return {
    inSlot: (slot) => entries?.filter((entry) => entry.slot === slot) ?? [],
    messages,
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

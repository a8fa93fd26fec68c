import type { Widget } from '@mon/core'
import { historyMessages } from './messages.js'

const title = { en: 'History', 'zh-CN': '历史' }
const ui = new URL('./history-ui.js', import.meta.url)

/** What the web UI shows of the past. */
export const historyWidgets: Widget[] = [
  {
    tag: 'history-page',
    slot: 'nav.page',
    module: ui,
    title,
    messages: historyMessages,
    icon: 'chart-line',
    path: '/history',
    order: 20,
  },
  { tag: 'history-link', slot: 'server.detail', placement: 'aside', module: ui, title, order: 20 },
]

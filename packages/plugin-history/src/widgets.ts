import type { Widget } from '@mon/core'
import { historyMessages } from './messages.js'

/** What the web UI shows of the past. */
export const historyWidgets: Widget[] = [
  {
    tag: 'history-page',
    slot: 'nav.page',
    module: new URL('./history-ui.js', import.meta.url),
    title: { en: 'History', 'zh-CN': '历史' },
    messages: historyMessages,
    icon: 'chart-line',
    path: '/history',
    order: 20,
  },
]

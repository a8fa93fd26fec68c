import type { Widget } from '@mon/core'
import { gpuMessages } from './messages.js'

const title = { en: 'GPU', 'zh-CN': 'GPU' }

/** What the web UI shows of the cards. The overview's part is small, for it is loaded first. */
export const gpuWidgets: Widget[] = [
  {
    tag: 'gpu-nvidia-card',
    slot: 'overview.card',
    module: new URL('./gpu-overview.js', import.meta.url),
    title,
    messages: gpuMessages,
    order: 50,
  },
  {
    tag: 'gpu-nvidia-cell',
    slot: 'overview.cell',
    module: new URL('./gpu-overview.js', import.meta.url),
    title,
    order: 50,
  },
  {
    tag: 'gpu-nvidia-detail',
    slot: 'server.detail',
    placement: 'main',
    module: new URL('./gpu-pages.js', import.meta.url),
    title,
    order: 50,
  },
  {
    tag: 'gpu-nvidia-page',
    slot: 'nav.page',
    module: new URL('./gpu-pages.js', import.meta.url),
    title,
    icon: 'gpu',
    order: 50,
  },
]

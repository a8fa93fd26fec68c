import type { Widget } from '@mon/core'
import { proxyMessages } from './messages.js'

const title = { en: 'SSH proxy', 'zh-CN': 'SSH 代理' }
const overview = new URL('./ssh-proxy-overview.js', import.meta.url)
const pages = new URL('./ssh-proxy-pages.js', import.meta.url)

/** What the web UI shows of tunnels. */
export const proxyWidgets: Widget[] = [
  {
    tag: 'ssh-proxy-page',
    slot: 'nav.page',
    module: pages,
    title,
    messages: proxyMessages,
    icon: 'cable',
    order: 150,
  },
  {
    tag: 'ssh-proxy-card',
    slot: 'server.detail',
    placement: 'aside',
    module: pages,
    title,
    order: 50,
  },
  { tag: 'ssh-proxy-form', slot: 'server.form', module: pages, title },
  { tag: 'ssh-proxy-mark', slot: 'overview.card', module: overview, title, order: 150 },
  { tag: 'ssh-proxy-cell', slot: 'overview.cell', module: overview, title, order: 150 },
]

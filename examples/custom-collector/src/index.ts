import { definePlugin } from '@mon/core'
import { openFilesMessages } from './messages.js'
import { addPeaks } from './migrations.js'
import { openFilesFields, openFilesMetrics } from './open-files.js'

/** How many files each server holds open: a whole plugin, from the kernel's figure to the widget. */
export const openFiles = definePlugin({
  id: 'open-files',
  package: '@example/mon-plugin-open-files',
  version: '0.1.0',
  api: '^1.0.0',
  agent: {
    load: () => import('./agent.js'),
  },
  aggregator: {
    fields: openFilesFields,
    metrics: openFilesMetrics,
    migrations: [addPeaks],
    widgets: [
      {
        tag: 'open-files-line',
        slot: 'overview.card',
        module: new URL('./open-files-line.js', import.meta.url),
        title: { en: 'Open files', 'zh-CN': '打开的文件' },
        messages: openFilesMessages,
        order: 200,
      },
      {
        tag: 'open-files-cell',
        slot: 'overview.cell',
        module: new URL('./open-files-cell.js', import.meta.url),
        title: { en: 'Open files', 'zh-CN': '打开的文件' },
        order: 200,
      },
      {
        tag: 'open-files-detail',
        slot: 'server.detail',
        placement: 'aside',
        module: new URL('./open-files-detail.js', import.meta.url),
        title: { en: 'Open files', 'zh-CN': '打开的文件' },
        order: 200,
      },
    ],
    load: () => import('./aggregator.js'),
  },
})

export default openFiles

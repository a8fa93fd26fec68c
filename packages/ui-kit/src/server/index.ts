import { definePlugin, type Plugin } from '@mon/core'

/** Serves the web UI: the shell, and the widgets that plugins put into it. */
export const ui: Plugin = definePlugin({
  id: 'ui',
  package: '@mon/ui-kit/server',
  version: '1.1.0',
  api: '^1.0.0',
  aggregator: { load: () => import('./plugin.js') },
})

export default ui

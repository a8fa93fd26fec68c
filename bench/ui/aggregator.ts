import { createAggregator, definePlugin } from '@mon/core'
import ui from '@mon/ui-kit/server'

/** A real aggregator over a database of its own, with a widget that draws every GPU. */
const [database = ''] = process.argv.slice(2)

const gpu = definePlugin({
  id: 'gpu',
  version: '1.0.0',
  api: '^1.0.0',
  aggregator: {
    widgets: [
      {
        tag: 'gpu-cells',
        slot: 'overview.card',
        module: new URL('../../packages/ui-kit/test/widgets/gpu-cells.js', import.meta.url),
        title: { en: 'GPU', 'zh-CN': 'GPU' },
      },
    ],
  },
})
const aggregator = await createAggregator({
  config: { listen: '127.0.0.1:0', log_level: 'silent', poll_interval_s: 5, database },
  plugins: [ui, gpu],
  env: {},
})
const { url } = await aggregator.start()
process.send?.(url)
process.on('disconnect', () => aggregator.stop().finally(() => process.exit()))

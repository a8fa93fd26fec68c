import { createAggregator } from '@mon/core'
import gpuNvidia from '@mon/plugin-gpu-nvidia'
import ui from '@mon/ui-kit/server'

/** A real aggregator over a database of its own, with the widget that draws every GPU. */
const [database = ''] = process.argv.slice(2)

const aggregator = await createAggregator({
  config: { listen: '127.0.0.1:0', log_level: 'silent', poll_interval_s: 5, database },
  plugins: [ui, gpuNvidia],
  env: {},
})
const { url } = await aggregator.start()
process.send?.(url)
process.on('disconnect', () => aggregator.stop().finally(() => process.exit()))

import openFiles from '@example/mon-plugin-open-files'
import { createAggregator, loadConfig, run } from '@mon/core'
import gpuNvidia from '@mon/plugin-gpu-nvidia'
import history from '@mon/plugin-history'
import sshProxy from '@mon/plugin-ssh-proxy'
import ui from '@mon/ui-kit/server'

// The aggregator on the centre: node dist/aggregator.js [config.yaml]
const [file = 'config.yaml'] = process.argv.slice(2)

await run(async () =>
  createAggregator({
    config: await loadConfig(file, 'aggregator'),
    plugins: [ui, gpuNvidia, sshProxy, history, openFiles],
  }),
)

import openFiles from '@example/mon-plugin-open-files'
import { createAgent, loadConfig, run } from '@mon/core'
import gpuNvidia from '@mon/plugin-gpu-nvidia'
import sshProxy from '@mon/plugin-ssh-proxy'

// The agent of one server: node dist/agent.js [config.yaml]
const [file = 'config.yaml'] = process.argv.slice(2)

await run(async () =>
  createAgent({
    config: await loadConfig(file, 'agent'),
    plugins: [gpuNvidia, sshProxy, openFiles],
  }),
)

import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createLocalFleet } from './local-fleet.js'
import { watchServer } from './watch-server.js'

// `npm start`: an aggregator and an agent on this machine, which watches itself.
const data = fileURLToPath(new URL('../../../data/', import.meta.url))
const own = `${data}config.yaml`
const example = fileURLToPath(new URL('../config.example.yaml', import.meta.url))
const config = existsSync(own) ? own : example

const fleet = createLocalFleet(data)
console.log('Starting the agent and the aggregator …')
const [agent, aggregator] = await Promise.all([
  fleet.start('agent', config),
  fleet.start('aggregator', config),
])
await watchServer(aggregator, { name: hostname(), base_url: agent })

console.log(`
  Data and logs   ${data}
  Configuration   ${config}${config === example ? '\n                  (copy it to data/config.yaml to change it)' : ''}
  API reference   ${aggregator}/docs
  Stop            Ctrl-C

Open ${aggregator}`)

/**
 * Asks the proxy through each of the ports again and again, and prints a line `<port> <epoch ms>` for each
 * answer. A process of its own, for it lives in the network namespace of the server.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { probe } from '../../packages/plugin-ssh-proxy/src/agent/ssh/probe.js'

const PAUSE_MS = 50
const LIMIT_MS = 1_000

for (const port of process.argv.slice(2).map(Number)) void ask(port)

async function ask(port: number): Promise<never> {
  for (;;) {
    const { kind } = await probe(port, AbortSignal.timeout(LIMIT_MS))
    if (kind === 'answer') console.log(`${port} ${Date.now()}`)
    await sleep(PAUSE_MS)
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../bin/mon.mjs', import.meta.url))

export interface BuiltAggregator {
  child: ChildProcess
  /** Empty where it did not start. */
  url: string
  /** What it has written to standard error. */
  errors(): string
  serverNames(): Promise<string[]>
  /** A disabled server, unless an address is given. */
  addServer(name: string, baseUrl?: string): Promise<Response>
}

export const temporaryDirectory = () => mkdtemp(join(tmpdir(), 'mon-test-'))

/**
 * Starts the built `mon aggregator` in a process of its own, which ends with the test.
 * @param wrapper a command that runs it, such as `unshare --mount`
 */
export async function startBuiltAggregator(
  cwd: string,
  wrapper: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Promise<BuiltAggregator> {
  const program = [process.execPath, ...nodeOptions, bin, 'aggregator']
  const [command = process.execPath, ...args] = [...wrapper, ...program]
  const child = spawn(command, args, {
    cwd,
    env: {
      ...process.env,
      MON_AGGREGATOR_LISTEN: '127.0.0.1:0',
      MON_AGGREGATOR_POLL_INTERVAL_S: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const errors: Buffer[] = []
  child.stderr?.on('data', (chunk) => errors.push(chunk))
  const [report] = await Promise.race([
    once(child, 'message'),
    once(child, 'close').then(() => [{ url: '' }]),
  ])
  const url: string = report.url
  return {
    child,
    url,
    errors: () => Buffer.concat(errors).toString(),
    async serverNames() {
      const servers = await (await fetch(`${url}/api/servers`)).json()
      return Array.isArray(servers) ? servers.map(({ name }) => name) : []
    },
    addServer: (name, baseUrl) =>
      fetch(`${url}/api/servers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name,
          base_url: baseUrl ?? 'http://127.0.0.1:9',
          enabled: baseUrl !== undefined,
        }),
      }),
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pluginsFor, type TunnelClient, tunnelClient } from './agent.js'
import type { Centre } from './centre.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const bin = fileURLToPath(new URL('../../../core/bin/mon.mjs', import.meta.url))

/** The built `mon agent` in a process of its own. */
export interface AgentProcess extends TunnelClient {
  url: string
  child: ChildProcess
  configFile: string
  /** What it has logged of its tunnel, oldest first. */
  log(): { level: number; msg: string; status?: string; code?: string; hint?: string }[]
  end(signal?: NodeJS.Signals): Promise<void>
}

export interface AgentProcessOptions {
  namespace?: string
  /** Where it listens; beyond loopback it has the token `secret`. */
  listen?: string
  settings?: Record<string, unknown>
}

export async function startAgentProcess(
  centre: Pick<Centre, 'folder' | 'config' | 'known_hosts_file'>,
  { namespace, listen = '127.0.0.1:0', settings = {} }: AgentProcessOptions = {},
): Promise<AgentProcess> {
  const token_file = join(centre.folder, 'agent.token')
  await writeFile(token_file, 'secret')
  await chmod(token_file, 0o600)
  const configFile = join(centre.folder, 'agent.yaml')
  const config = { listen, token_file, plugins: pluginsFor(centre, settings) }
  // JSON is YAML, too.
  await writeFile(configFile, JSON.stringify(config))

  const program = [process.execPath, bin, 'agent', '--config', configFile]
  const [command = '', ...args] =
    namespace === undefined ? program : ['ip', 'netns', 'exec', namespace, ...program]
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'close').then(() => {
      throw new Error(`The agent did not start: ${errors}${text}`)
    }),
  ])
  const url: string = message.url
  return {
    ...tunnelClient(url, 'secret'),
    url,
    child,
    configFile,
    log: () =>
      text
        .split('\n')
        .filter((line) => line.includes('"plugin":"ssh-proxy"'))
        .map((line) => JSON.parse(line)),
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}

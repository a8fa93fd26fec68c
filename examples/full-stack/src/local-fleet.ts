import { type ChildProcess, fork } from 'node:child_process'
import { accessSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The agent and the aggregator as processes of their own, as they run in a real deployment. */
export interface LocalFleet {
  /** @returns the address at which the program listens */
  start(name: 'agent' | 'aggregator', config: string): Promise<string>
}

/**
 * Relative paths in the configuration, and the logs, are below `data`. When one program ends,
 * or this one is told to, all end.
 */
export function createLocalFleet(data: string): LocalFleet {
  makeFolder(data)
  const children = new Set<ChildProcess>()
  let stopping = false

  function stop(): void {
    stopping = true
    for (const child of children) child.kill('SIGTERM')
  }
  process.on('SIGTERM', stop)
  // On Ctrl-C a terminal tells the children too; they take a second signal for impatience.
  process.on('SIGINT', () => {
    stopping = true
  })
  process.on('exit', stop)

  return {
    async start(name, config) {
      const log = `${data}${name}.log`
      const output = openSync(log, 'a', 0o600)
      const program = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
      const child = fork(program, [config], { cwd: data, stdio: ['ignore', output, output, 'ipc'] })
      children.add(child)
      child.on('exit', (code) => {
        children.delete(child)
        if (stopping) return
        console.error(`\nThe ${name} ended (${code ?? 'killed'}). The end of ${log}:\n`)
        console.error(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n'))
        process.exitCode = 1
        stop()
      })
      return new Promise((resolve) => {
        child.on('message', (message) => {
          if (isReady(message)) resolve(message.url)
        })
      })
    },
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    console.error(`${folder} cannot be written: ${error instanceof Error ? error.message : error}`)
    console.error('Start as the user who owns it, or give it to the user who starts.')
    process.exit(1)
  }
}

/** `run()` of core tells its parent the start report. */
function isReady(message: unknown): message is { url: string } {
  return typeof message === 'object' && message !== null && 'url' in message
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../examples/full-stack/dist/', import.meta.url))
const config = fileURLToPath(new URL('../examples/full-stack/config.example.yaml', import.meta.url))

export interface Program {
  url: string
  /** Sends SIGTERM and waits for the end. @returns the signal that ended it, null if it exited */
  end(): Promise<NodeJS.Signals | null>
  /** As a crash or a power cut ends it. */
  kill(): Promise<void>
}

export interface FullStack {
  agent: Program
  aggregator: Program
  /** Starts the agent again, at the address that it had. */
  startAgent(): Promise<Program>
  /** Starts the aggregator again, at the address and with the database that it had. */
  startAggregator(): Promise<Program>
  stop(): Promise<void>
}

/** The example as a lab operator runs it: the built programs in processes of their own, on free ports. */
export async function startFullStack(): Promise<FullStack> {
  const data = await mkdtemp(join(tmpdir(), 'mon-full-stack-'))
  const programs: Program[] = []

  async function start(name: 'agent' | 'aggregator', listen: string): Promise<Program> {
    const program = await startProgram(name, data, {
      [`MON_${name.toUpperCase()}_LISTEN`]: listen,
      MON_AGGREGATOR_POLL_INTERVAL_S: '1',
    })
    programs.push(program)
    return program
  }

  const agent = await start('agent', '127.0.0.1:0')
  const aggregator = await start('aggregator', '127.0.0.1:0')
  return {
    agent,
    aggregator,
    startAgent: () => start('agent', new URL(agent.url).host),
    startAggregator: () => start('aggregator', new URL(aggregator.url).host),
    async stop() {
      await Promise.all(programs.map(({ end }) => end()))
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function startProgram(
  name: string,
  cwd: string,
  env: Record<string, string>,
): Promise<Program> {
  const child = fork(`${dist}${name}.js`, [config], {
    cwd,
    env: { ...process.env, ...env },
    // Not the test runner's own flags, by which packages resolve to their sources.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const errors: Buffer[] = []
  child.stderr?.on('data', (chunk) => errors.push(chunk))
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`The ${name} did not start:\n${Buffer.concat(errors)}`)
    }),
  ])
  return {
    url: message.url,
    end: () => end(child, 'SIGTERM'),
    async kill() {
      await end(child, 'SIGKILL')
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return child.signalCode
}

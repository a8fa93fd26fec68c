import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../test/free-port.js'
import { type Cost, costOf } from './process-cost.js'

/** A program under measurement, on loopback, with files in a folder of its own. */
export interface Program {
  url: string
  cost(): Cost
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}

/** A program of others. */
export interface Command {
  command: string
  /** @param address host and port to listen on; @param folder for its files */
  args(address: string, folder: string): string[]
  /** Answers when the program is ready. */
  path: string
}

const START_LIMIT_MS = 20_000
const STOP_LIMIT_MS = 10_000

export async function startProgram({ command, args, path }: Command): Promise<Program> {
  const folder = makeFolder()
  const address = `127.0.0.1:${await freePort()}`
  const child = spawn(command, args(address, folder), { cwd: folder, stdio: 'ignore' })
  keep(child)
  await answering(child, `http://${address}${path}`)
  return programOf(child, `http://${address}`, folder)
}

/** Starts the built `mon agent` or `mon aggregator`, and waits until it listens. */
export async function startMon(
  side: 'agent' | 'aggregator',
  config: Record<string, unknown> = {},
): Promise<Program> {
  const folder = makeFolder()
  const file = join(folder, `${side}.yaml`)
  writeFileSync(file, JSON.stringify({ listen: '127.0.0.1:0', log_level: 'warn', ...config }))
  const bin = fileURLToPath(new URL('../../packages/core/bin/mon.mjs', import.meta.url))
  const { child, message } = await startModule(bin, [side, '--config', file], folder)
  return programOf(child, urlOf(message), folder)
}

/** Starts a module of ours in a process of its own, and waits for its first message. */
export async function startModule(file: string, args: readonly string[], cwd = '.') {
  const child = fork(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  keep(child)
  const errors: Buffer[] = []
  child.stderr?.on('data', (chunk) => errors.push(chunk))
  const [message]: unknown[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} did not start:\n${Buffer.concat(errors)}`)
    }),
  ])
  return { child, message }
}

/** SIGTERM, and SIGKILL for one that does not heed it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(impatient)
}

export function urlOf(message: unknown): string {
  return typeof message === 'object' && message !== null && 'url' in message
    ? String(message.url)
    : ''
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
process.on('SIGINT', () => process.exit(130))

function keep(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

function programOf(child: ChildProcess, url: string, folder: string): Program {
  return {
    url,
    cost: () => costOf(child.pid ?? 0),
    async stop() {
      await end(child)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS
  while (child.exitCode === null && performance.now() < deadline) {
    const response = await fetch(url).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    await delay(100)
  }
  throw new Error(`${child.spawnfile} does not answer at ${url}.`)
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mon-bench-'))
}

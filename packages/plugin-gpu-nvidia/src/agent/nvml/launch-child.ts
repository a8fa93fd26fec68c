import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ChildLine, SweepRequest } from './protocol.js'

/** What a child has said since it was last listened to. */
export interface Answer {
  lines: ChildLine[]
  end: 'done' | 'failed' | 'timeout' | 'exit'
  /** How it ended, where it did, such as SIGABRT. */
  reason: string
}

/** The process that calls into the driver. */
export interface NvmlChild {
  send(request: SweepRequest): void
  /** Listens until all is said, the child has ended, or the deadline is over. Never rejects. */
  listen(deadline_ms: number): Promise<Answer>
  /** One that waits for the driver may live on. */
  kill(): void
  isGone(): boolean
}

export type LaunchChild = (skip: readonly string[]) => NvmlChild

/** Starts the child with the environment of the agent, `LD_LIBRARY_PATH` among it. */
export const launchChild: LaunchChild = (skip) => {
  // V8 needs little for this: a small young generation keeps the process small.
  const args = ['--max-semi-space-size=1', ...childFile(), JSON.stringify(skip)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  let gone: string | null = null
  let lines: ChildLine[] = []
  let rest = ''
  let notice = () => {}

  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) lines.push(JSON.parse(part))
    notice()
  })
  const leave = (reason: string) => {
    gone ??= reason
    notice()
  }
  child.once('error', (error) => leave(error.message))
  // Not `exit`: what it said last may still be in the pipe.
  child.once('close', (code, signal) => leave(signal ?? `status ${code}`))
  // Writing to one that has just ended; the end itself is noticed above.
  child.stdin.on('error', () => {})

  function endOf(): Answer['end'] | null {
    const last = lines.at(-1)?.say
    if (last === 'done' || last === 'failed') return last
    return gone === null ? null : 'exit'
  }

  return {
    send: (request) => void child.stdin.write(`${JSON.stringify(request)}\n`),
    listen: (deadline_ms) =>
      new Promise((resolve) => {
        const finish = (end: Answer['end']) => {
          clearTimeout(timer)
          notice = () => {}
          resolve({ lines, end, reason: gone ?? '' })
          lines = []
        }
        const timer = setTimeout(finish, deadline_ms, 'timeout')
        notice = () => {
          const end = endOf()
          if (end !== null) finish(end)
        }
        notice()
      }),
    kill() {
      child.kill('SIGKILL')
      child.unref()
      child.stdin.destroy()
      child.stdout.destroy()
    },
    isGone: () => gone !== null || child.exitCode !== null || child.signalCode !== null,
  }
}

/** Built, it stands beside this file's bundle; a run from the sources needs their resolution. */
function childFile(): string[] {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  if (!import.meta.url.endsWith('.ts')) return [here('./nvml-child.js')]
  return ['--import', new URL('../../from-sources.mjs', import.meta.url).href, here('./child.ts')]
}

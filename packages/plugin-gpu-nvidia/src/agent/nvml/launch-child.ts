import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type ChildLine, lastWord, type SweepRequest } from './protocol.js'

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

/** Starts the child as it stands beside this file. */
export const launchChild: LaunchChild = (skip) => launch(childFile(), skip)

/**
 * Starts a child with the environment of the agent, `LD_LIBRARY_PATH` among it.
 * @param file its module, after any options that Node needs for it
 */
export function launch(file: readonly string[], skip: readonly string[]): NvmlChild {
  // V8 needs little for this: a small young generation keeps the process small.
  const args = ['--max-semi-space-size=1', ...file, JSON.stringify(skip)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  let gone: string | null = null
  let text = ''
  let notice = () => {}

  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    text += chunk
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

  /** Whether its last word was one after which it waits. */
  function endOf(): Answer['end'] | null {
    if (text.endsWith(lastWord.done)) return 'done'
    if (text.endsWith('\n') && text.includes(lastWord.failed)) return 'failed'
    return gone === null ? null : 'exit'
  }

  function takeLines(): ChildLine[] {
    // What follows the last newline was cut off by its end.
    const lines = text.split('\n').slice(0, -1)
    text = ''
    // The library may print there, too.
    return lines.filter((line) => line.startsWith('{"say":')).map((line) => JSON.parse(line))
  }

  return {
    send: (request) => void child.stdin.write(`${JSON.stringify(request)}\n`),
    listen: (deadline_ms) =>
      new Promise((resolve) => {
        const finish = (end: Answer['end']) => {
          clearTimeout(timer)
          notice = () => {}
          resolve({ lines: takeLines(), end, reason: gone ?? '' })
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
  return [
    '--import',
    new URL('../../../../../scripts/from-sources.mjs', import.meta.url).href,
    here('./child.ts'),
  ]
}

import { spawn } from 'node:child_process'
import { type Ending, refusalOf } from './explain-stderr.js'

export interface SshChildOptions {
  /** Program and arguments. */
  command: readonly [string, ...string[]]
  env: NodeJS.ProcessEnv
  /** A connection through the tunnel had no way out at the centre. */
  onRefusal(code: 'FORWARD_DENIED' | 'PROXY_DOWN'): void
  /** Called once, also where it could not be started. */
  onEnd(ending: Ending): void
}

export interface SshChild {
  /** undefined where it could not be started. */
  pid: number | undefined
  /** SIGTERM, and after so long SIGKILL: one that is stopped does not hear the first. */
  end(grace_ms: number): void
}

const MAX_LINES = 40
const MAX_LINE_LENGTH = 1000

/**
 * Runs ssh in the foreground, without a shell, a terminal, or anything to read from. It has a session of its own,
 * so that Ctrl-C meant for the agent is not its business.
 */
export function startSsh({ command, env, onRefusal, onEnd }: SshChildOptions): SshChild {
  const [program, ...args] = command
  const child = spawn(program, args, {
    env,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    shell: false,
  })
  const lines: string[] = []
  let rest = ''
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (chunk: string) => {
    const parts = (rest + chunk).split(/\r?\n/)
    rest = (parts.pop() ?? '').slice(0, MAX_LINE_LENGTH)
    for (const line of parts) take(line)
  })
  child.once('error', (error) => finish({ status: null, signal: null, lines: [error.message] }))
  child.once('close', (status, signal) => {
    if (rest !== '') take(rest)
    finish({ status, signal, lines })
  })

  function take(line: string): void {
    const code = refusalOf(line)
    if (code !== null) onRefusal(code)
    else if (lines.push(line.slice(0, MAX_LINE_LENGTH)) > MAX_LINES) lines.shift()
  }

  function finish(ending: Ending): void {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    onEnd(ending)
  }

  return {
    pid: child.pid,
    end(grace_ms) {
      if (isOver) return
      child.kill('SIGTERM')
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), grace_ms)
    },
  }
}

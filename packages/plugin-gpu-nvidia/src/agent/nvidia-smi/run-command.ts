import { spawn } from 'node:child_process'

export interface CommandResult {
  stdout: string
  stderr: string
  /** The exit status, or the signal's name. */
  status: number | string
}

/** Runs a program, one call at a time. */
export interface CommandRunner {
  /**
   * Rejects where it cannot be started, or has not ended by the deadline. It is killed then, but
   * may survive that while the kernel waits for the driver: until it is gone, nothing is run.
   */
  run(args: readonly string[]): Promise<CommandResult>
  stop(): void
}

const MAX_OUTPUT_BYTES = 4 * 1024 * 1024

export function createCommandRunner(program: string, deadline_ms: number): CommandRunner {
  let kill: (() => void) | null = null

  return {
    run(args) {
      if (kill !== null) {
        return Promise.reject(new Error(`An earlier ${program} hangs and cannot be killed.`))
      }
      return new Promise((resolve, reject) => {
        // Its words are read by a program: not in the language of the operator.
        const env = { ...process.env, LC_ALL: 'C' }
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
        kill = () => child.kill('SIGKILL')
        const stdout = gather(child.stdout)
        const stderr = gather(child.stderr)
        const timer = setTimeout(() => {
          child.kill('SIGKILL')
          // Who is not gone yet must not keep the agent from ending.
          child.unref()
          child.stdout.destroy()
          child.stderr.destroy()
          reject(new Error(`${program} gave no answer within ${deadline_ms / 1000} s.`))
        }, deadline_ms)
        child.once('error', (error) => {
          clearTimeout(timer)
          kill = null
          reject(new Error(`${program} cannot be started: ${error.message}`))
        })
        child.once('exit', () => {
          kill = null
        })
        child.once('close', (code, signal) => {
          clearTimeout(timer)
          resolve({ stdout: stdout(), stderr: stderr(), status: code ?? signal ?? 'unknown' })
        })
      })
    },
    stop: () => kill?.(),
  }
}

function gather(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = []
  let size = 0
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    size += chunk.length
    if (size <= MAX_OUTPUT_BYTES) chunks.push(chunk)
  })
  return () => chunks.join('')
}

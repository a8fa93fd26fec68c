import { execFile } from 'node:child_process'

export interface QuickResult {
  /** null where it could not be started, or was ended for its slowness. */
  status: number | null
  stdout: string
  stderr: string
}

const LIMIT_MS = 5_000

/** Runs a small program that asks nothing, without a shell. Never rejects. */
export function runQuietly(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<QuickResult> {
  return new Promise((resolve) => {
    const options = { env, timeout: LIMIT_MS, killSignal: 'SIGKILL', shell: false } as const
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ status, stdout, stderr })
    })
    child.stdin?.end()
  })
}

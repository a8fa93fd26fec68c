import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { onTestFinished } from 'vitest'

/** The database room, built as the package is: shared chunks, and the worker apart. */
export interface BuiltChild {
  /** Starts a process that waits for its first message. */
  start(command: string, file: string): Promise<ChildProcess>
  /** Starts one, lets it go and returns its answer. */
  run(command: string, file: string): Promise<unknown>
  remove(): void
}

export async function buildChild(): Promise<BuiltChild> {
  const core = fileURLToPath(new URL('../../..', import.meta.url))
  // Inside the package, so that its dependencies are found.
  const cache = join(core, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'database-'))
  await build({
    config: false,
    entry: {
      index: join(core, 'src/database/open-database.ts'),
      'nested/child': join(core, 'src/database/testdata/child.ts'),
      'database/sqlite-worker': join(core, 'src/database/sqlite-worker.ts'),
    },
    outDir,
    format: 'esm',
    target: 'node22',
    splitting: true,
    skipNodeModulesBundle: true,
    tsconfig: join(core, '../../tsconfig.base.json'),
    silent: true,
  })

  async function start(command: string, file: string) {
    const child = fork(join(outDir, 'nested/child.js'), [command, file], { execArgv: [] })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'message')
    return child
  }

  return {
    start,
    run: async (command, file) => answerOf(await start(command, file)),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  }
}

/** Lets a waiting process go, and returns what it says. */
export async function answerOf(child: ChildProcess): Promise<unknown> {
  const answer = Promise.race([
    once(child, 'message').then(([message]) => message),
    once(child, 'exit').then(([code, signal]) => {
      throw new Error(`The child ended without an answer (${code ?? signal})`)
    }),
  ])
  child.send('go')
  return answer
}

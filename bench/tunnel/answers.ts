import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** When the proxy has answered through which port, as a program on the server would know. */
export interface Answers {
  /** Seconds from a moment (epoch ms) to the first answer after it; NaN where there is none by the limit. */
  after(port: number, moment: number, limit_s: number): Promise<number>
  /** Resolves when there was an answer through the port. */
  first(port: number): Promise<number>
  stop(): void
}

export function watchAnswers(namespace: string, ports: readonly number[]): Answers {
  const prober = fileURLToPath(new URL('prober.ts', import.meta.url))
  const hooks = fileURLToPath(new URL('../../scripts/from-sources.mjs', import.meta.url))
  const child: ChildProcess = spawn(
    'ip',
    [
      ...['netns', 'exec', namespace, process.execPath, '--import', hooks, prober],
      ...ports.map(String),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const times = new Map<number, number[]>(ports.map((port) => [port, []]))
  if (child.stdout === null) throw new Error('No output.')
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [port = 0, at = 0] = line.split(' ').map(Number)
    times.get(port)?.push(at)
  })

  async function after(port: number, moment: number, limit_s: number): Promise<number> {
    while (Date.now() < moment + limit_s * 1000) {
      const found = times.get(port)?.find((time) => time > moment)
      if (found !== undefined) return (found - moment) / 1000
      await sleep(20)
    }
    return Number.NaN
  }

  return {
    after,
    first: (port) => after(port, 0, Number.POSITIVE_INFINITY),
    stop: () => void child.kill('SIGKILL'),
  }
}

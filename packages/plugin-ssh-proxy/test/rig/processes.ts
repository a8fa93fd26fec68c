import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is true; fails with what was wanted after so long. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limit_ms = 15_000,
): Promise<void> {
  const deadline = Date.now() + limit_ms
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Not within ${limit_ms / 1000} s: ${what}`)
    await sleep(50)
  }
}

/** All that a process has started, and what those have started. */
export function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((candidate) => Number.isInteger(candidate) && parentOf(candidate) === pid)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

/** Whether it runs: what is left of one that has ended, and was not collected, does not. */
export function isRunning(pid: number): boolean {
  const [state] = statOf(pid)
  return state !== undefined && state !== 'Z' && state !== 'X'
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1])
}

/** State, parent, and so on. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

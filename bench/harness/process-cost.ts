import { readdirSync, readFileSync } from 'node:fs'

/** What a program takes, with all the processes and threads that it has started. */
export interface Cost {
  /** Time on a CPU so far, milliseconds: the scheduler's own count, not a sampled one. */
  cpu_ms: number
  rss_mb: number
  /** Of it memory that no file backs: what cannot be shared or given up. */
  anon_mb: number
}

export function costOf(pid: number): Cost {
  const tree = treeOf(pid)
  return {
    cpu_ms: sum(tree.map(onCpuMs)),
    rss_mb: sum(tree.map((member) => statusMb(member, 'VmRSS'))),
    anon_mb: sum(tree.map((member) => statusMb(member, 'RssAnon'))),
  }
}

function treeOf(root: number): number[] {
  const parents = numbersIn('/proc').map((pid) => [pid, parentOf(pid)] as const)
  const tree = [root]
  // The list grows while it is walked.
  for (const member of tree) {
    for (const [pid, parent] of parents) if (parent === member) tree.push(pid)
  }
  return tree
}

/** The name, in brackets, may hold blanks and brackets itself. */
function parentOf(pid: number): number {
  const [, after = ''] = /^.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`)) ?? []
  return Number(after)
}

function onCpuMs(pid: number): number {
  const threads = numbersIn(`/proc/${pid}/task`)
  return (
    sum(
      threads.map(
        (thread) => Number.parseInt(read(`/proc/${pid}/task/${thread}/schedstat`), 10) || 0,
      ),
    ) / 1e6
  )
}

function statusMb(pid: number, field: string): number {
  const [, kilobytes] =
    new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`)) ?? []
  return Number(kilobytes ?? 0) / 1024
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** Processes end while they are looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

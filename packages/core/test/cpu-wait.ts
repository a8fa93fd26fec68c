import { readdirSync, readFileSync } from 'node:fs'

/** How long a process was ready to run and had to wait for a CPU, seconds. */
export interface CpuWait {
  /** Since the last call: in seconds that were spent waiting for the most part, and in the worst. */
  take(): { total: number; worst: number }
  stop(): void
}

/** On a busy machine nobody is on time; the kernel knows for how much of it a process had no CPU. */
export function watchCpuWait(pid: number | undefined): CpuWait {
  let before = waitedSeconds(pid)
  let total = 0
  let worst = 0
  const timer = setInterval(sample, 1000)

  function sample(): void {
    const now = waitedSeconds(pid)
    const waited = now - before
    before = now
    // Short waits make nobody late.
    if (waited < 0.5) return
    total += waited
    worst = Math.max(worst, waited)
  }

  return {
    take() {
      sample()
      const taken = { total, worst }
      total = 0
      worst = 0
      return taken
    },
    stop: () => clearInterval(timer),
  }
}

/** Of all its threads; 0 where the system does not tell. */
function waitedSeconds(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`
  try {
    const waited = readdirSync(tasks).map((task) => {
      const [, nanoseconds] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')
      return Number(nanoseconds)
    })
    return waited.reduce((sum, each) => sum + each, 0) / 1e9
  } catch {
    return 0
  }
}

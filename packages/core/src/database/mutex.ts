/** One holder at a time, in the order of asking. */
export interface Mutex {
  acquire(): Promise<void>
  release(): void
  /** Does the work while it holds. */
  holdFor(work: () => Promise<void>): Promise<void>
}

export function createMutex(): Mutex {
  const waiting: (() => void)[] = []
  let held = false

  async function acquire(): Promise<void> {
    if (held) await new Promise<void>((resolve) => waiting.push(resolve))
    held = true
  }

  function release(): void {
    const next = waiting.shift()
    if (next) next()
    else held = false
  }

  return {
    acquire,
    release,
    async holdFor(work) {
      await acquire()
      try {
        await work()
      } finally {
        release()
      }
    },
  }
}

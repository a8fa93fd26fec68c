/** One holder at a time, in the order of asking. */
export interface Mutex {
  acquire(): Promise<void>
  release(): void
}

export function createMutex(): Mutex {
  const waiting: (() => void)[] = []
  let held = false

  return {
    async acquire() {
      if (held) await new Promise<void>((resolve) => waiting.push(resolve))
      held = true
    },
    release() {
      const next = waiting.shift()
      if (next) next()
      else held = false
    },
  }
}

import type { Position } from '../reading/order.js'

/**
 * Reads the parts of a long answer one after the other, at most `credits` of them ahead of who takes
 * them: a client that does not take holds so many in memory, and no more is read. When it leaves,
 * what was asked for already is dropped.
 */
export async function* readAhead<Part extends { next: Position | null }>(
  read: (after: Position | null) => Promise<Part>,
  credits: number,
): AsyncGenerator<Part> {
  let isOver = false
  const ahead: Promise<Part | null>[] = []

  function extend(): void {
    const last = ahead.at(-1)
    const part = last === undefined ? read(null) : last.then(readAfter)
    // One that fails is told when its turn comes, or never.
    part.catch(() => undefined)
    ahead.push(part)
  }

  async function readAfter(part: Part | null): Promise<Part | null> {
    return isOver || part === null || part.next === null ? null : read(part.next)
  }

  try {
    extend()
    while (ahead.length < credits) extend()
    for (;;) {
      const part = await ahead[0]
      if (!part) return
      extend()
      ahead.shift()
      yield part
    }
  } finally {
    isOver = true
  }
}

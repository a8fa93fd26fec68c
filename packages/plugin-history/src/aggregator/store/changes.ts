import { randomBytes } from 'node:crypto'

/**
 * Which hours have changed, and in what order, so that an answer over hours that have not is known
 * to be still right. Nothing of it outlives the process: another one begins with another word.
 */
export interface Changes {
  /** Hours from `from` to before `to` have changed; epoch seconds. */
  note(from: number, to: number): void
  /** The same as long as nothing between `from` and `to` changes. */
  stamp(from: number, to: number): string
  /** From now on, calls `listener` at each change. */
  listen(listener: (from: number, to: number) => void): void
}

interface Change {
  from: number
  to: number
  order: number
}

const CHANGES_KEPT = 64

export function createChanges(): Changes {
  const run = randomBytes(6).toString('base64url')
  const listeners: ((from: number, to: number) => void)[] = []
  let changes: Change[] = []
  let count = 0

  return {
    note(from, to) {
      count += 1
      changes = changes.filter((change) => change.from < from || change.to > to)
      changes.push({ from, to, order: count })
      if (changes.length > CHANGES_KEPT) joinOldest(changes)
      for (const listener of listeners) listener(from, to)
    },
    stamp(from, to) {
      const touching = changes.filter((change) => change.from < to && change.to > from)
      return `${run}-${Math.max(0, ...touching.map(({ order }) => order))}`
    },
    listen: (listener) => void listeners.push(listener),
  }
}

/** What lies between the two counts as changed: an answer is made once more than needed. */
function joinOldest(changes: Change[]): void {
  const [first, second] = changes.splice(0, 2)
  if (first === undefined || second === undefined) return
  changes.unshift({
    from: Math.min(first.from, second.from),
    to: Math.max(first.to, second.to),
    order: second.order,
  })
}

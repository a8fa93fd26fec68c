/** A queue from whose middle things can be taken out. */
export interface Fifo<T> {
  push(item: T): void
  /** Takes out the oldest. */
  shift(): T | undefined
  delete(item: T): void
  size(): number
}

export function createFifo<T>(): Fifo<T> {
  const items = new Set<T>()
  // Kept, for a new iterator would walk over all the holes that the oldest have left behind.
  let oldest = items.values()

  return {
    push: (item) => void items.add(item),
    shift() {
      let next = oldest.next()
      if (next.done) {
        oldest = items.values()
        next = oldest.next()
      }
      if (next.done) return undefined
      items.delete(next.value)
      return next.value
    },
    delete: (item) => void items.delete(item),
    size: () => items.size,
  }
}

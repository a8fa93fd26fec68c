/** A map that remembers the entries set last, and forgets the oldest beyond its limit. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined
  /** Makes it the newest. */
  set(key: string, value: Value): void
  delete(key: string): void
  entries(): Iterable<[string, Value]>
  readonly size: number
}

/** @param onForget is told of an entry that had to make room */
export function createRecentMap<Value>(
  max: number,
  onForget: (value: Value) => void = () => {},
): RecentMap<Value> {
  const map = new Map<string, Value>()
  return {
    get: (key) => map.get(key),
    set(key, value) {
      map.delete(key)
      map.set(key, value)
      if (map.size <= max) return
      const [oldest] = map
      if (oldest === undefined) return
      map.delete(oldest[0])
      onForget(oldest[1])
    },
    delete: (key) => void map.delete(key),
    entries: () => [...map],
    get size() {
      return map.size
    },
  }
}

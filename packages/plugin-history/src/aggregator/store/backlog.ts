import type { EndedHour } from './hour-store.js'

/** Hours that are over and not stored yet. Where memory is short, the oldest go. */
export interface Backlog {
  add(hour: EndedHour): void
  /** The oldest of them, which stay until they are removed. */
  first(count: number): readonly EndedHour[]
  remove(hours: readonly EndedHour[]): void
  forget(serverId: number): void
  size(): number
  /** How many were given up. */
  lost(): number
}

export function createBacklog(most_bytes: number): Backlog {
  let hours: EndedHour[] = []
  let bytes = 0
  let lost = 0

  function keep(wanted: (hour: EndedHour) => boolean): void {
    hours = hours.filter(wanted)
    bytes = hours.reduce((total, { json }) => total + json.length, 0)
  }

  return {
    add(hour) {
      hours.push(hour)
      bytes += hour.json.length
      while (bytes > most_bytes) {
        bytes -= hours.shift()?.json.length ?? 0
        lost += 1
      }
    },
    first: (count) => hours.slice(0, count),
    remove(stored) {
      const gone = new Set(stored)
      keep((hour) => !gone.has(hour))
    },
    forget: (serverId) => keep(({ server_id }) => server_id !== serverId),
    size: () => hours.length,
    lost: () => lost,
  }
}

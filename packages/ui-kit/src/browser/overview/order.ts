import type { Server, ServerState } from '../live/server.js'

const urgency: Record<ServerState, number> = {
  offline: 0,
  degraded: 1,
  unknown: 2,
  online: 3,
  disabled: 4,
}

/** Problems first, then by name. */
export function problemsFirst(servers: Iterable<Server>, collator: Intl.Collator): Server[] {
  return [...servers].sort(
    (a, b) =>
      urgency[a.state] - urgency[b.state] || collator.compare(a.name, b.name) || a.id - b.id,
  )
}

/**
 * The list while someone is in it: nothing that stands moves, newcomers go to the end,
 * and only what no longer exists leaves.
 */
export function holdOrder(
  held: readonly string[],
  next: readonly string[],
  exists: (id: string) => boolean,
): string[] {
  const standing = new Set(held)
  return [...held.filter(exists), ...next.filter((id) => !standing.has(id))]
}

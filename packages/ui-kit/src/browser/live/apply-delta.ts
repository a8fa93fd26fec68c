import { type FleetDelta, isServer, type Server, type ServerDelta } from './server.js'

/**
 * Merges a delta into the fleet. A server that changed is a new object, one that did not
 * stays the same; likewise the value of every field.
 *
 * @returns the ids of the servers that were added, changed or deleted
 */
export function applyDelta(fleet: Map<string, Server>, delta: FleetDelta): string[] {
  for (const [id, change] of Object.entries(delta)) {
    if (change === null) fleet.delete(id)
    else {
      const merged = mergeServer(fleet.get(id), change)
      if (isServer(merged)) fleet.set(id, merged)
    }
  }
  return Object.keys(delta)
}

function mergeServer(server: Server | undefined, { latest, ...change }: ServerDelta): ServerDelta {
  const merged: ServerDelta = { ...server, ...change }
  if (latest === null) merged.latest = null
  else if (latest !== undefined) merged.latest = { ...server?.latest, ...latest }
  return merged
}

import type { ServerFields } from './delta.js'

/** The fleet as a browser holds it, by id, for tests. */
export type HeldFleet = Map<number, ServerFields>

/** Merges what an event brought, as the stream's contract says. */
export function applyEvent(held: HeldFleet, event: string, data: unknown): void {
  if (event === 'fleet' && Array.isArray(data)) {
    held.clear()
    for (const server of data) held.set(server.id, server)
    return
  }
  for (const [id, delta] of Object.entries(data ?? {})) {
    if (delta === null) held.delete(Number(id))
    else held.set(Number(id), applyDelta(held.get(Number(id)) ?? {}, delta))
  }
}

export function applyDelta(server: ServerFields, delta: ServerFields): ServerFields {
  const merged = { ...server, ...delta }
  if (isObject(server.latest) && isObject(delta.latest)) {
    merged.latest = { ...server.latest, ...delta.latest }
  }
  return merged
}

/** What is null and what is absent read the same. */
export function withoutNulls(server: ServerFields): ServerFields {
  const { latest, ...rest } = server
  const present = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
  return present({ ...rest, latest: isObject(latest) ? present(latest) : null })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

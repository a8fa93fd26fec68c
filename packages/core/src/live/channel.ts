import { type ServerFields, serverDelta } from './delta.js'

export interface ChannelOptions {
  /** The servers to begin with, in the order of the fleet event. */
  ids: Iterable<number>
  /** A server as it is now; undefined when there is none of this id. */
  view(id: number): ServerFields | undefined
  /** A new event id, unlike every other. */
  nextEventId(): string
}

/**
 * One view of the fleet as a log of events. It holds the servers as its readers hold them
 * after the newest event, so a fleet given between two deltas fits the next one, and every
 * frame is encoded once, however many read it.
 */
export interface Channel {
  /** This server may differ from what the readers hold. */
  changed(id: number): void
  /** The delta of all that changed since the last event; undefined when nothing did. */
  flush(): Buffer | undefined
  /** All servers as of the newest event. */
  fleet(): Buffer
  /** The events after this one; undefined when they are no longer kept. */
  since(eventId: string): Buffer | undefined
}

export function createChannel({ ids, view, nextEventId }: ChannelOptions): Channel {
  const held = new Map<number, ServerFields>()
  const dirty = new Set<number>()
  let newest = nextEventId()
  let fleetFrame: Buffer | undefined
  let fleetBytes = 0
  /** Each delta with the id of the event before it. */
  let deltas: { after: string; frame: Buffer }[] = []
  let deltaBytes = 0

  for (const id of ids) {
    const server = view(id)
    if (server !== undefined) held.set(id, server)
  }

  return {
    changed(id) {
      dirty.add(id)
    },
    flush() {
      const changes = takeChanges()
      if (changes === undefined) return undefined
      const after = newest
      newest = nextEventId()
      const frame = encode(newest, 'delta', changes)
      keep({ after, frame })
      fleetFrame = undefined
      return frame
    },
    fleet() {
      fleetFrame ??= encode(newest, 'fleet', [...held.values()])
      fleetBytes = fleetFrame.length
      return fleetFrame
    },
    since(eventId) {
      if (eventId === newest) return Buffer.alloc(0)
      const first = deltas.findIndex(({ after }) => after === eventId)
      return first === -1 ? undefined : Buffer.concat(deltas.slice(first).map(({ frame }) => frame))
    },
  }

  function takeChanges(): Record<number, ServerFields | null> | undefined {
    let changes: Record<number, ServerFields | null> | undefined
    for (const id of dirty) {
      const before = held.get(id)
      const after = view(id)
      if (after !== undefined) held.set(id, after)
      else if (!held.delete(id)) continue
      const change = after === undefined ? null : serverDelta(before ?? {}, after)
      if (change === undefined) continue
      changes ??= {}
      changes[id] = change
    }
    dirty.clear()
    return changes
  }

  /** To resume is worth it only while it costs less than the fleet. */
  function keep(delta: { after: string; frame: Buffer }): void {
    deltas.push(delta)
    deltaBytes += delta.frame.length
    let dropped = 0
    while (deltaBytes > fleetBytes) {
      deltaBytes -= deltas[dropped]?.frame.length ?? 0
      dropped += 1
    }
    if (dropped > 0) deltas = deltas.slice(dropped)
  }
}

function encode(eventId: string, event: 'fleet' | 'delta', data: unknown): Buffer {
  return Buffer.from(`id: ${eventId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

import { type ServerFields, serverDelta } from './delta.js'
import { createFrame, type Frame } from './frame.js'
import { jsonItems } from './json-bytes.js'
import { createTurn } from './turn.js'

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
  /**
   * The delta of all that changed since the last event; undefined when nothing did.
   * Nothing else may be asked of the channel until it resolves.
   */
  flush(): Promise<Frame | undefined>
  /** All servers as of the newest event. */
  fleet(): Promise<Frame>
  /** The events after this one; undefined when they are no longer kept. */
  since(eventId: string): Frame[] | undefined
}

export function createChannel({ ids, view, nextEventId }: ChannelOptions): Channel {
  const held = new Map<number, ServerFields>()
  const dirty = new Set<number>()
  let newest = nextEventId()
  let fleetFrame: Frame | undefined
  let fleetBytes = 0
  /** Each delta with the id of the event before it. */
  let deltas: { after: string; frame: Frame }[] = []
  let deltaBytes = 0

  for (const id of ids) {
    const server = view(id)
    if (server !== undefined) held.set(id, server)
  }

  return {
    changed(id) {
      dirty.add(id)
    },
    async flush() {
      const changes = await takeChanges()
      if (changes.length === 0) return undefined
      const after = newest
      newest = nextEventId()
      const frame = createFrame(Buffer.from(`${head(newest, 'delta')}{${changes.join()}}\n\n`))
      keep({ after, frame })
      fleetFrame = undefined
      return frame
    },
    async fleet() {
      fleetFrame ??= await encodeFleet()
      return fleetFrame
    },
    since(eventId) {
      if (eventId === newest) return []
      const first = deltas.findIndex(({ after }) => after === eventId)
      return first === -1 ? undefined : deltas.slice(first).map(({ frame }) => frame)
    },
  }

  /** The members of a JSON object. */
  async function takeChanges(): Promise<string[]> {
    const changes: string[] = []
    // What changes meanwhile is for the next event.
    const changed = [...dirty]
    dirty.clear()
    const turn = createTurn()
    for (const id of changed) {
      const change = takeChange(id)
      if (change !== undefined) changes.push(`"${id}":${JSON.stringify(change)}`)
      if (turn.isOver()) await turn.next()
    }
    return changes
  }

  function takeChange(id: number): ServerFields | null | undefined {
    const before = held.get(id)
    const after = view(id)
    if (after === undefined) return held.delete(id) ? null : undefined
    held.set(id, after)
    return serverDelta(before ?? {}, after)
  }

  async function encodeFleet(): Promise<Frame> {
    const start = Buffer.from(`${head(newest, 'fleet')}[`)
    const items = await jsonItems(held.values())
    const frame = createFrame(Buffer.concat([start, ...items, Buffer.from(']\n\n')]))
    fleetBytes = frame.plain.length
    return frame
  }

  /** To resume is worth it only while it costs less than the fleet. */
  function keep(delta: { after: string; frame: Frame }): void {
    deltas.push(delta)
    deltaBytes += delta.frame.plain.length
    let dropped = 0
    while (deltaBytes > fleetBytes) {
      deltaBytes -= deltas[dropped]?.frame.plain.length ?? 0
      dropped += 1
    }
    if (dropped > 0) deltas = deltas.slice(dropped)
  }
}

function head(eventId: string, event: 'fleet' | 'delta'): string {
  return `id: ${eventId}\nevent: ${event}\ndata: `
}

import type { ServerResponse } from 'node:http'
import hyperid from 'hyperid'
import { type Channel, createChannel } from './channel.js'
import type { ServerFields } from './delta.js'

export type ServerView = 'summary' | 'full'

export interface StreamOptions {
  /** The ids of all servers. */
  ids(): Iterable<number>
  /**
   * A server as the API shows it; undefined when there is none of this id. What was
   * returned must not change afterwards: the stream compares it with the next.
   */
  view(id: number, view: ServerView): ServerFields | undefined
}

export interface Subscription {
  /** These servers in full; without it, all servers in summary. */
  serverIds?: readonly number[]
  lastEventId?: string
}

/** Tells browsers, as server-sent events, what changes in the fleet. */
export interface Stream {
  /** A server was added, changed or deleted, or its status or latest snapshot changed. */
  changed(serverId: number): void
  /** Writes events until the client goes, falls too far behind, or the stream closes. */
  subscribe(response: ServerResponse, subscription: Subscription): void
  /** Ends all responses. */
  close(): void
}

const FLUSH_MS = 250
const HEARTBEAT_MS = 15_000
/** How long a channel without readers waits for one that wants to resume. */
const LINGER_MS = 60_000
/** What may wait unsent for one client, beside its first frame. */
const MAX_BEHIND_BYTES = 4 * 1024 * 1024

const retry = Buffer.from('retry: 2000\n\n')
const heartbeat = Buffer.from(':\n\n')

/** A channel and those who read it; without any it only notes what changed. */
interface Audience {
  channel: Channel
  shows(serverId: number): boolean
  /** Each response with the bytes it may hold unsent. */
  readers: Map<ServerResponse, number>
  flushTimer: NodeJS.Timeout | undefined
  lingerTimer: NodeJS.Timeout | undefined
}

export function createStream({ ids, view }: StreamOptions): Stream {
  // The ids of one process share a random prefix, so those of an earlier one are never found.
  const nextEventId = hyperid({ urlSafe: true })
  const audiences = new Map<string, Audience>()
  let closed = false

  const heartbeatTimer = setInterval(() => {
    for (const audience of audiences.values()) send(audience, heartbeat)
  }, HEARTBEAT_MS)
  heartbeatTimer.unref()

  return {
    changed(serverId) {
      for (const audience of audiences.values()) {
        if (!audience.shows(serverId)) continue
        audience.channel.changed(serverId)
        if (audience.readers.size > 0) audience.flushTimer ??= setTimeout(flush, FLUSH_MS, audience)
      }
    },
    subscribe(response, { serverIds, lastEventId }) {
      if (closed) response.end()
      // Who has gone already will not be seen to go.
      if (closed || response.destroyed) return
      const key = serverIds === undefined ? 'all' : [...serverIds].sort().join()
      const audience = audiences.get(key) ?? createAudience(serverIds)
      audiences.set(key, audience)
      clearTimeout(audience.lingerTimer)
      // Nobody has flushed since the last reader left.
      if (audience.readers.size === 0) audience.channel.flush()

      const missed = lastEventId === undefined ? undefined : audience.channel.since(lastEventId)
      const first = missed ?? audience.channel.fleet()
      audience.readers.set(response, first.length + MAX_BEHIND_BYTES)
      response.once('close', () => leave(key, audience, response))
      response.write(retry)
      response.write(first)
    },
    close() {
      closed = true
      clearInterval(heartbeatTimer)
      for (const { readers, flushTimer, lingerTimer } of audiences.values()) {
        clearTimeout(flushTimer)
        clearTimeout(lingerTimer)
        for (const response of readers.keys()) response.end()
      }
      audiences.clear()
    },
  }

  function createAudience(serverIds: readonly number[] | undefined): Audience {
    const shown = serverIds && new Set(serverIds)
    const channel = createChannel({
      ids: shown ?? ids(),
      view: (id) => view(id, shown === undefined ? 'summary' : 'full'),
      nextEventId,
    })
    return {
      channel,
      shows: (id) => shown === undefined || shown.has(id),
      readers: new Map(),
      flushTimer: undefined,
      lingerTimer: undefined,
    }
  }

  function leave(key: string, audience: Audience, response: ServerResponse): void {
    audience.readers.delete(response)
    if (audience.readers.size > 0 || closed) return
    clearTimeout(audience.flushTimer)
    audience.flushTimer = undefined
    audience.lingerTimer = setTimeout(() => audiences.delete(key), LINGER_MS)
    audience.lingerTimer.unref()
  }
}

function flush(audience: Audience): void {
  audience.flushTimer = undefined
  const frame = audience.channel.flush()
  if (frame !== undefined) send(audience, frame)
}

/** The frame is shared by all: what waits for a slow client is no copy of its own. */
function send({ readers }: Audience, frame: Buffer): void {
  for (const [response, maxUnsent] of readers) {
    if (response.writableLength > maxUnsent) response.destroy()
    else response.write(frame)
  }
}

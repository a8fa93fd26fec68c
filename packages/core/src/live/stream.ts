import type { ServerResponse } from 'node:http'
import hyperid from 'hyperid'
import type { Logger } from 'pino'
import { type Audience, createAudience, type ReaderOptions } from './audience.js'
import { createChannel } from './channel.js'
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
  log: Pick<Logger, 'error'>
}

export interface Subscription extends ReaderOptions {
  /** These servers in full; without it, all servers in summary. */
  serverIds?: readonly number[]
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

const HEARTBEAT_MS = 15_000

export function createStream({ ids, view, log }: StreamOptions): Stream {
  // The ids of one process share a random prefix, so those of an earlier one are never found.
  const nextEventId = hyperid({ urlSafe: true })
  /** One for all servers, and one for each set of them that somebody looks at. */
  const audiences = new Map<string, Audience>()
  let closed = false

  const heartbeatTimer = setInterval(() => {
    for (const audience of audiences.values()) audience.heartbeat()
  }, HEARTBEAT_MS)
  heartbeatTimer.unref()

  return {
    changed(serverId) {
      for (const audience of audiences.values()) audience.changed(serverId)
    },
    subscribe(response, { serverIds, ...reader }) {
      if (closed) response.end()
      // Who has gone already will not be seen to go.
      if (closed || response.destroyed) return
      const key = serverIds === undefined ? 'all' : [...serverIds].sort().join()
      const audience = audiences.get(key) ?? openAudience(key, serverIds)
      audience.join(response, reader)
    },
    close() {
      closed = true
      clearInterval(heartbeatTimer)
      for (const audience of audiences.values()) audience.close()
      audiences.clear()
    },
  }

  function openAudience(key: string, serverIds: readonly number[] | undefined): Audience {
    const shown = serverIds && new Set(serverIds)
    const audience = createAudience({
      shows: (id) => shown === undefined || shown.has(id),
      channel: createChannel({
        ids: shown ?? ids(),
        view: (id) => view(id, shown === undefined ? 'summary' : 'full'),
        nextEventId,
      }),
      onAbandoned: () => audiences.delete(key),
      // A new audience knows none of the old events, so whoever comes back gets the fleet.
      onFailure(error) {
        audiences.delete(key)
        log.error({ err: error }, 'The event stream had to begin anew')
      },
    })
    audiences.set(key, audience)
    return audience
  }
}

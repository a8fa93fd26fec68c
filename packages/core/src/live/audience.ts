import type { ServerResponse } from 'node:http'
import type { Channel } from './channel.js'
import { createFrame, type Frame } from './frame.js'
import { gzipHeader, gzipPartSync } from './gzip.js'
import { createTurn } from './turn.js'

export interface AudienceOptions {
  channel: Channel
  shows(serverId: number): boolean
  /** Nobody has read for a minute. */
  onAbandoned(): void
  /** Its readers were cut off: what they hold may lack an event. */
  onFailure(error: unknown): void
}

export interface ReaderOptions {
  /** The response was announced as gzip. */
  gzip: boolean
  lastEventId?: string
}

/** Those who read one channel. While there are none, the channel only notes what changed. */
export interface Audience {
  changed(serverId: number): void
  /** Writes events until the client goes, falls too far behind, or all is closed. */
  join(response: ServerResponse, options: ReaderOptions): void
  /** Shows all readers that the line is not dead. */
  heartbeat(): void
  /** Ends all responses. */
  close(): void
}

const FLUSH_MS = 250
/** How long a channel without readers waits for one that wants to resume. */
const LINGER_MS = 60_000
/** What may wait unsent for one client, beside its first events. */
const MAX_BEHIND_BYTES = 4 * 1024 * 1024

const retry = Buffer.from('retry: 2000\n\n')
const gzipRetry = Buffer.concat([gzipHeader, gzipPartSync(retry)])
const heartbeat = createFrame(Buffer.from(':\n\n'))

interface Reader {
  gzip: boolean
  /** The bytes that its response may hold unsent; undefined until it has its first events. */
  maxUnsent: number | undefined
}

const hasBegun = ({ maxUnsent }: Reader) => maxUnsent !== undefined

export function createAudience(options: AudienceOptions): Audience {
  const { channel, shows, onAbandoned } = options
  const readers = new Map<ServerResponse, Reader>()
  let flushTimer: NodeJS.Timeout | undefined
  let lingerTimer: NodeJS.Timeout | undefined
  let last = Promise.resolve()

  return {
    changed(serverId) {
      if (!shows(serverId)) return
      channel.changed(serverId)
      if (readers.size > 0) flushTimer ??= setTimeout(inTurn, FLUSH_MS, flush)
    },
    join(response, { gzip, lastEventId }) {
      clearTimeout(lingerTimer)
      const reader: Reader = { gzip, maxUnsent: undefined }
      readers.set(response, reader)
      response.once('close', () => leave(response))
      response.write(gzip ? gzipRetry : retry)
      inTurn(() => begin(response, reader, lastEventId))
    },
    heartbeat: () => inTurn(() => send(heartbeat)),
    close,
  }

  function close(): void {
    clearTimeout(flushTimer)
    clearTimeout(lingerTimer)
    for (const response of readers.keys()) response.end()
    readers.clear()
  }

  /** Compressing takes its time elsewhere: what was asked for first is written first. */
  function inTurn(task: () => Promise<void>): void {
    last = last.then(task).catch((error) => {
      close()
      options.onFailure(error)
    })
  }

  async function begin(
    response: ServerResponse,
    reader: Reader,
    lastEventId: string | undefined,
  ): Promise<void> {
    // Nobody has flushed since the last reader left.
    if (![...readers.values()].some(hasBegun)) await channel.flush()
    const missed = lastEventId === undefined ? undefined : channel.since(lastEventId)
    const frames = missed ?? [await channel.fleet()]
    const first = await Promise.all(
      frames.map((frame) => (reader.gzip ? frame.gzip() : frame.plain)),
    )
    // It may have gone meanwhile, or all may have been closed.
    if (!readers.has(response)) return
    reader.maxUnsent = MAX_BEHIND_BYTES
    for (const bytes of first) {
      reader.maxUnsent += bytes.length
      response.write(bytes)
    }
  }

  async function flush(): Promise<void> {
    flushTimer = undefined
    if (readers.size === 0) return
    const frame = await channel.flush()
    if (frame !== undefined) await send(frame)
  }

  /** The bytes are shared by all: what waits for a slow client is no copy of its own. */
  async function send(frame: Frame): Promise<void> {
    const wantsGzip = [...readers.values()].some((reader) => reader.gzip)
    const gzip = wantsGzip ? await frame.gzip() : frame.plain
    const turn = createTurn()
    for (const [response, reader] of readers) {
      if (reader.maxUnsent === undefined) continue
      if (response.writableLength > reader.maxUnsent) response.destroy()
      else response.write(reader.gzip ? gzip : frame.plain)
      if (turn.isOver()) await turn.next()
    }
  }

  function leave(response: ServerResponse): void {
    if (!readers.delete(response) || readers.size > 0) return
    clearTimeout(flushTimer)
    flushTimer = undefined
    lingerTimer = setTimeout(onAbandoned, LINGER_MS)
    lingerTimer.unref()
  }
}

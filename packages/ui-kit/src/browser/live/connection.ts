import { createEmitter, type OnChange } from '../emitter.js'
import { RequestError, send } from '../http/request.js'
import { createEventParser, type StreamEvent } from './event-parser.js'
import { reconnectDelay } from './reconnect-delay.js'

export type ConnectionStatus =
  | { state: 'connecting' }
  | { state: 'live' }
  /** `attempt` counts from 1; `retry_at` is when it begins, epoch milliseconds. */
  | { state: 'lost'; attempt: number; retry_at: number; error: unknown }

export interface Connection {
  readonly status: ConnectionStatus
  /** When the server was last heard, epoch milliseconds by this browser's clock; 0 for never. */
  readonly heard_at: number
  /** Opens the stream, and keeps it open while the tab is visible. */
  start(): void
  /** Closes the stream until the next start. */
  stop(): void
  /** Tries now, without waiting for the next attempt. */
  reconnect(): void
  onChange: OnChange
}

export interface ConnectionOptions {
  url: string
  onEvent(event: StreamEvent): void
  /** The server's clock, epoch milliseconds, on every opening. */
  onServerTime(time: number): void
}

/** The server comments every 15 s: after this much silence the line is dead, milliseconds. */
const silenceLimit = 40_000

/** A machine that slept has timers that come this much too late, milliseconds. */
const pulse = 5000
const sleepGap = 15_000

/**
 * Follows the event stream by `fetch` and not by EventSource, which hides why it failed,
 * when it tries again, and whether the line is only silent.
 */
export function createConnection({ url, onEvent, onServerTime }: ConnectionOptions): Connection {
  const { emit, onChange } = createEmitter()
  let status: ConnectionStatus = { state: 'connecting' }
  let heardAt = 0
  let attempt = 0
  let current: AbortController | undefined
  let retryTimer = 0
  let pulseTimer = 0
  let pulsedAt = 0

  function setStatus(next: ConnectionStatus): void {
    if (next.state === 'live' && status.state === 'live') return
    status = next
    emit()
  }

  function open(): void {
    close()
    const opened = new AbortController()
    current = opened
    follow(opened).catch((error) => {
      if (current === opened) retryAfter(error)
    })
  }

  function close(): void {
    window.clearTimeout(retryTimer)
    current?.abort()
    current = undefined
  }

  function retryAfter(error: unknown): void {
    close()
    attempt += 1
    const delay = reconnectDelay(attempt, Math.random())
    retryTimer = window.setTimeout(open, delay)
    setStatus({ state: 'lost', attempt, retry_at: Date.now() + delay, error })
  }

  async function follow(opened: AbortController): Promise<never> {
    const { signal } = opened
    const response = await send(url, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal,
    })
    onServerTime(Date.parse(response.headers.get('date') ?? ''))

    const parse = createEventParser((event) => {
      onEvent(event)
      attempt = 0
      setStatus({ state: 'live' })
    })
    let silence = 0
    const heard = () => {
      heardAt = Date.now()
      window.clearTimeout(silence)
      silence = window.setTimeout(
        () => opened.abort(new RequestError('The stream fell silent')),
        silenceLimit,
      )
    }
    try {
      heard()
      for await (const text of chunks(response)) {
        heard()
        parse(text)
      }
    } finally {
      window.clearTimeout(silence)
    }
    throw new RequestError(`GET ${url}: the stream ended`)
  }

  function onVisibilityChange(): void {
    // Timers of a hidden tab are slow: that is no sleep.
    pulsedAt = Date.now()
    if (document.hidden) close()
    else open()
  }

  /** What was missed in a sleep is gone with the line that a network in between has dropped. */
  function feelPulse(): void {
    const slept = Date.now() - pulsedAt > sleepGap
    pulsedAt = Date.now()
    if (slept && !document.hidden) open()
  }

  return {
    get status() {
      return status
    },
    get heard_at() {
      return heardAt
    },
    start() {
      document.addEventListener('visibilitychange', onVisibilityChange)
      window.clearInterval(pulseTimer)
      pulseTimer = window.setInterval(feelPulse, pulse)
      onVisibilityChange()
    },
    stop() {
      document.removeEventListener('visibilitychange', onVisibilityChange)
      window.clearInterval(pulseTimer)
      close()
      attempt = 0
      setStatus({ state: 'connecting' })
    },
    reconnect: open,
    onChange,
  }
}

/** Not every browser can iterate over a stream. */
async function* chunks({ body }: Response): AsyncGenerator<string> {
  if (body === null) return
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

import { Agent, type Dispatcher } from 'undici'

export interface ExchangeRequest {
  /** Scheme, host and port. */
  origin: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers: Record<string, string>
  body?: string | null
  signal?: AbortSignal | undefined
}

export interface ExchangeAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/**
 * HTTP as the aggregator speaks it with agents: connections stay open between polls,
 * redirects are not followed, and every answer is bounded in time and size.
 */
export interface Exchange {
  /** Rejects with undici's or the system's error, `AnswerTimeout`, `AnswerTooLarge`, or the signal's reason. */
  send(request: ExchangeRequest): Promise<ExchangeAnswer>
  /** Ends all connections; what is under way rejects. */
  close(): Promise<void>
}

export class AnswerTimeout extends Error {}
export class AnswerTooLarge extends Error {}

export const CONNECT_TIMEOUT_MS = 2_000
export const ANSWER_TIMEOUT_MS = 10_000
export const MAX_ANSWER_BYTES = 1024 * 1024

/** Longer than most poll intervals; an agent that closes earlier says so, and is heeded. */
const KEEP_ALIVE_MS = 10 * 60_000

/** What a chunk costs beside its bytes: an answer that trickles must not fill the memory. */
const CHUNK_BYTES = 64

/** @param connections to one origin; null sets no limit */
export function createExchange(connections: number | null = null): Exchange {
  const dispatcher = new Agent({
    connections,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The limit below is for the whole answer, and these would only restart.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    send: (request) => send(dispatcher, request),
    close: () => dispatcher.destroy(),
  }
}

/** `dispatch` is undici's lowest door: no streams, half the cost of `request`. */
async function send(dispatcher: Dispatcher, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { signal, ...options } = request
  const { promise, resolve, reject } = Promise.withResolvers<ExchangeAnswer>()
  const chunks: Buffer[] = []
  let bytes = 0
  let status = 0
  let headers: ExchangeAnswer['headers'] = {}
  let controller: Dispatcher.DispatchController | undefined
  let failure: Error | undefined

  function fail(error: Error): void {
    failure = error
    controller?.abort(error)
    reject(error)
  }
  function abort(): void {
    fail(signal?.reason)
  }

  signal?.throwIfAborted()
  signal?.addEventListener('abort', abort)
  const deadline = setTimeout(() => fail(new AnswerTimeout()), ANSWER_TIMEOUT_MS)
  try {
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started
        if (failure !== undefined) started.abort(failure)
      },
      onResponseStart(_controller, statusCode, receivedHeaders) {
        status = statusCode
        headers = receivedHeaders
      },
      onResponseData(_controller, chunk) {
        bytes += chunk.length + CHUNK_BYTES
        if (bytes > MAX_ANSWER_BYTES) fail(new AnswerTooLarge())
        else chunks.push(chunk)
      },
      onResponseEnd() {
        const [first] = chunks
        const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)
        resolve({ status, headers, text: body.toString() })
      },
      onResponseError(_controller, error) {
        reject(error)
      },
    })
    return await promise
  } finally {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', abort)
  }
}

import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { constants, createGunzip } from 'node:zlib'
import { onTestFinished } from 'vitest'

export interface ServerSentEvent {
  id: string
  event: string
  data: unknown
}

/** Reads server-sent events as a browser does, over a socket of its own. */
export interface EventReader {
  response: IncomingMessage
  next(): Promise<ServerSentEvent>
  /** All that has been received, comments included. */
  raw(): string
  /** Resolves when the server has ended the response, or cut the connection. */
  ended: Promise<void>
  close(): void
}

export interface EventReaderOptions {
  lastEventId?: string
  gzip?: boolean
}

export async function openReader(
  url: string,
  { lastEventId, gzip = false }: EventReaderOptions = {},
): Promise<EventReader> {
  const headers = {
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    ...(gzip && { 'accept-encoding': 'gzip' }),
  }
  const request = get(url, { headers, agent: false })
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response === undefined) throw new Error('no response')
  onTestFinished(() => void response.destroy())

  const events: ServerSentEvent[] = []
  const waiting: ((event: ServerSentEvent) => void)[] = []
  let raw = ''
  let rest = ''
  const body = gzip
    ? response.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }))
    : response
  body.setEncoding('utf8')
  body.on('data', (text: string) => {
    raw += text
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks.filter((block) => block.startsWith('id: '))) receive(parse(block))
  })
  const ended = new Promise<void>((resolve) => {
    response.on('error', () => {})
    response.once('close', resolve)
  })
  return {
    response,
    ended,
    raw: () => raw,
    close: () => void response.destroy(),
    next: () =>
      new Promise((resolve) => {
        const event = events.shift()
        if (event === undefined) waiting.push(resolve)
        else resolve(event)
      }),
  }

  function receive(event: ServerSentEvent): void {
    const resolve = waiting.shift()
    if (resolve === undefined) events.push(event)
    else resolve(event)
  }
}

function parse(block: string): ServerSentEvent {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  )
  const data: unknown = JSON.parse(fields.get('data') ?? 'null')
  return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data }
}

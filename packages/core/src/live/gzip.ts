import { promisify } from 'node:util'
import { constants, deflateRaw, deflateRawSync, gzip } from 'node:zlib'

/** Whether an `accept-encoding` header allows gzip. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const weights = new Map(
    String(header ?? '')
      .split(',')
      .map(parseCoding),
  )
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}

function parseCoding(text: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = text.toLowerCase().replaceAll(/\s/g, '').split(';')
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return [coding, weight === undefined ? 1 : Number(weight.slice(2))]
}

/** Level 6 would save another fifth of the bytes, in more than twice the time. */
const level = 1
/** Few round trips to the thread pool for a long text. */
const chunkSize = 256 * 1024

/** A whole body, compressed in the thread pool. */
export const gzipBody = (body: Buffer): Promise<Buffer> => compress(body, { level, chunkSize })
const compress = promisify(gzip)

/**
 * A stream of parts that are compressed each by itself: whoever has read the header can read
 * every part, whatever parts came before. So one part serves all readers of the stream.
 * It has no trailer, for that would be a checksum of what each reader has read.
 */
export const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/** The flush ends a part at the border of a byte, and lets its reader have all of it. */
const partOptions = { level, finishFlush: constants.Z_SYNC_FLUSH }

/** A part of such a stream, compressed in the thread pool. */
export const gzipPart = (text: Buffer): Promise<Buffer> =>
  compressRaw(text, { ...partOptions, chunkSize: Math.min(chunkSize, text.length + 64) })
const compressRaw = promisify(deflateRaw)

/** A short part, compressed at once. */
export const gzipPartSync = (text: Buffer): Buffer => deflateRawSync(text, partOptions)

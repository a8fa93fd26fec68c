import { gzipPart } from './gzip.js'

/** One event as it is sent: encoded once for all readers. */
export interface Frame {
  plain: Buffer
  /** The same as a part of a gzip stream, made when it is first asked for. */
  gzip(): Promise<Buffer>
}

export function createFrame(plain: Buffer): Frame {
  let compressed: Promise<Buffer> | undefined
  return {
    plain,
    gzip() {
      compressed ??= gzipPart(plain)
      return compressed
    },
  }
}

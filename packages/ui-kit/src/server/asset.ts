import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { extname } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A file as it is answered. */
export interface Asset {
  body: Buffer
  gzipped: Buffer
  type: string
  etag: string
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export function createAsset(name: string, body: Buffer): Asset {
  return {
    body,
    gzipped: gzipSync(body),
    type: types[extname(name)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  }
}

/** Never changes under its name, which carries a hash. */
export const immutable = 'public, max-age=31536000, immutable'
/** To be asked for every time; what did not change is answered with 304. */
export const revalidate = 'no-cache'

interface Reply {
  code(status: number): unknown
  headers(values: Record<string, string>): unknown
}

/** Sets the headers of the answer and returns its body. */
export function answer(
  asset: Asset,
  cacheControl: string,
  request: { headers: IncomingHttpHeaders },
  reply: Reply,
): Buffer | string {
  const { headers } = request
  const isGzipped = /\bgzip\b/.test(String(headers['accept-encoding']))
  reply.headers({
    'content-type': asset.type,
    'cache-control': cacheControl,
    etag: asset.etag,
    vary: 'accept-encoding',
    ...(isGzipped && { 'content-encoding': 'gzip' }),
  })
  if (headers['if-none-match'] === asset.etag) {
    reply.code(304)
    return ''
  }
  return isGzipped ? asset.gzipped : asset.body
}

import { constants, gunzipSync } from 'node:zlib'

/** What has come so far of a gzip stream that goes on, for tests. */
export function unzipOpen(bytes: Buffer): Buffer {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
}

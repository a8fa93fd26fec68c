import type { Server } from '@mon/core'
import type { Filter } from '../reading/filter.js'

const MOST_NAMES = 3

/** A Content-Disposition whose file name tells what is in it. */
export function fileNameOf(filter: Filter, servers: Pick<Server, 'id' | 'name'>[]): string {
  const name = ['mon-history', serversOf(filter, servers), ...rangeOf(filter)].join('_')
  const ascii = name.replaceAll(/[^\w.+-]/g, '-')
  return `attachment; filename="${ascii}.csv"; filename*=UTF-8''${encode(`${name}.csv`)}`
}

function serversOf({ server_ids }: Filter, servers: Pick<Server, 'id' | 'name'>[]): string {
  if (server_ids.length === 0) return 'all-servers'
  if (server_ids.length > MOST_NAMES) return `${server_ids.length}-servers`
  const names = server_ids.map(
    (id) => servers.find((server) => server.id === id)?.name ?? `server-${id}`,
  )
  // Nothing that a file system has its own use for.
  return names.join('+').replaceAll(/[\p{Cc}\s"*/:<>?\\|]+/gu, '-')
}

function rangeOf({ from, to }: Filter): string[] {
  const hasBegin = Math.abs(from) < Number.MAX_SAFE_INTEGER
  const hasEnd = Math.abs(to) < Number.MAX_SAFE_INTEGER
  return [...(hasBegin ? [`from-${show(from)}`] : []), ...(hasEnd ? [`to-${show(to)}`] : [])]
}

/** `20261124T1000Z`; a file name has no colons. */
function show(ts: number): string {
  const date = new Date(ts * 1000)
  if (Number.isNaN(date.getTime())) return String(ts)
  return `${date.toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}Z`
}

/** What RFC 8187 leaves as it is, and encodeURIComponent too, but for these. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

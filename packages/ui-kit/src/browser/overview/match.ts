import type { ServerFigures } from '../live/fleet-figures.js'
import type { Server } from '../live/server.js'
import type { OverviewView } from './view.js'

/** Whether a server belongs to what is asked for. */
export function matches(
  server: Server,
  figures: Readonly<ServerFigures>,
  { q, status, tag, busy, free, hot }: OverviewView,
): boolean {
  if (status !== null && server.state !== status) return false
  if (tag !== null && !server.tags.includes(tag)) return false
  if (busy && figures.busy === 0) return false
  if (free && figures.free === 0) return false
  if (hot && figures.hot === 0) return false
  return hasWords(server, q)
}

/** Whether every word is in its name, address or a tag. */
export function hasWords({ name, base_url, tags }: Server, q: string): boolean {
  if (q === '') return true
  const text = [name, hostOf(base_url), ...tags].join('\n').toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** `10.12.3.21` of `http://10.12.3.21:7881`. */
export function hostOf(baseUrl: string): string {
  return baseUrl.replace(/^[a-z]+:\/\//i, '').replace(/(:\d+)?(\/.*)?$/, '')
}

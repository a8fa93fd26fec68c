import type { Generated, Selectable, Updateable } from 'kysely'
import { normaliseBaseUrl } from './base-url.js'
import type { ServerChange, ServerEntry } from './server.js'

/** The table `servers`. */
export interface ServersTable {
  id: Generated<number>
  name: string
  base_url: string
  /** 0 or 1 */
  enabled: number
  /** Epoch seconds */
  created_at: number
  /** Epoch seconds */
  updated_at: number
  /** JSON array of strings */
  tags: string
  token: string | null
  poll_interval_s: number | null
}

export function toEntry(row: Selectable<ServersTable>): ServerEntry {
  return {
    id: row.id,
    name: row.name,
    base_url: row.base_url,
    tags: parseTags(row.tags),
    enabled: row.enabled === 1,
    poll_interval_s: row.poll_interval_s,
  }
}

/**
 * The columns that a change sets, but for `token`.
 * @throws MonError REQUEST_INVALID
 */
export function toColumns(change: Omit<ServerChange, 'token'>): Updateable<ServersTable> {
  return {
    ...(change.name !== undefined && { name: change.name.trim() }),
    ...(change.base_url !== undefined && { base_url: normaliseBaseUrl(change.base_url) }),
    ...(change.enabled !== undefined && { enabled: Number(change.enabled) }),
    ...(change.tags !== undefined && { tags: JSON.stringify(change.tags) }),
    ...(change.poll_interval_s !== undefined && { poll_interval_s: change.poll_interval_s }),
  }
}

/** A row that someone edited by hand must not keep the whole fleet from loading. */
function parseTags(json: string): string[] {
  try {
    const tags: unknown = JSON.parse(json)
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
  } catch {
    return []
  }
}

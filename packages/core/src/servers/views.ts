import type { LatestStore } from '../live/latest.js'
import type { ServerView } from '../live/stream.js'
import type { LatestSnapshot } from '../snapshot/snapshot.js'
import type { Server, ServerEntry, ServerStatus, ServerSummary } from './server.js'

export type ServerInView = Server | ServerSummary

export interface ViewsOptions {
  status(id: number): ServerStatus
  latest: LatestStore
}

/** The servers as the API shows them, put together when they are first looked at after a change. */
export interface Views {
  /** The same object, which nobody may change, until something of the server changes. */
  get(entry: ServerEntry, view: ServerView): ServerInView
}

interface Made {
  entry: ServerEntry
  status: ServerStatus
  server: ServerInView
}

export function createViews({ status, latest }: ViewsOptions): Views {
  // A view goes with its snapshot: what nobody looks at any more holds no memory.
  const made = {
    full: new WeakMap<LatestSnapshot, Made>(),
    summary: new WeakMap<LatestSnapshot, Made>(),
  }

  return {
    get(entry, view) {
      const now = status(entry.id)
      const snapshot = latest.get(entry.id)
      if (snapshot === undefined) return { ...entry, ...now, latest: null }
      const last = made[view].get(snapshot)
      if (last?.entry === entry && last.status === now) return last.server
      const shown = view === 'full' ? snapshot : (latest.summary(entry.id) ?? null)
      const server = { ...entry, ...now, latest: shown }
      made[view].set(snapshot, { entry, status: now, server })
      return server
    },
  }
}

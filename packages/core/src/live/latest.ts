import type { LatestSnapshot } from '../snapshot/snapshot.js'

/** The newest derived snapshot of every server, in memory. */
export interface Latest {
  get(serverId: number): LatestSnapshot | undefined
}

/** Of a snapshot. */
interface Told {
  /** Epoch seconds. */
  ts: number
  proxy_status?: unknown
}

/** When each tunnel was last seen connected, since the aggregator started; epoch seconds. */
export interface LastConnected {
  /**
   * Takes note of a snapshot.
   *
   * @returns for how long the tunnel has been down, seconds: 0 while it is connected, null where
   * nobody wants one and where it has not been seen connected yet
   */
  observe(serverId: number, latest: Told): number | null
  at(serverId: number): number | null
  forget(serverId: number): void
}

export function createLastConnected(): LastConnected {
  const times = new Map<number, number>()
  return {
    observe(serverId, { ts, proxy_status }) {
      if (proxy_status === 'connected') times.set(serverId, ts)
      const at = times.get(serverId)
      const isWanted = typeof proxy_status === 'string' && proxy_status !== 'stopped'
      return isWanted && at !== undefined ? Math.max(0, ts - at) : null
    },
    at: (serverId) => times.get(serverId) ?? null,
    forget(serverId) {
      times.delete(serverId)
    },
  }
}

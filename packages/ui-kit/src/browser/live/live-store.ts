import { createEmitter, type OnChange, type Unsubscribe } from '../emitter.js'
import { applyDelta } from './apply-delta.js'
import type { FleetDelta, Server } from './server.js'

/** The fleet as last heard of, by id. Subscribers are called at most once per animation frame. */
export interface LiveStore {
  readonly servers: ReadonlyMap<string, Server>
  /** False until the first fleet has come. */
  readonly loaded: boolean
  replaceAll(servers: readonly Server[]): void
  apply(delta: FleetDelta): void
  onChange: OnChange
  /** Calls back with the ids of the servers that were added, changed or deleted. */
  onServersChange(callback: (ids: ReadonlySet<string>) => void): Unsubscribe
  onServerChange(id: string, callback: () => void): Unsubscribe
  /** Calls back when one field of a server's latest snapshot has changed. */
  onFieldChange(id: string, field: string, callback: () => void): Unsubscribe
}

export function createLiveStore(
  schedule: (flush: () => void) => void = requestAnimationFrame,
): LiveStore {
  const all = createEmitter()
  const listeners = new Set<(ids: ReadonlySet<string>) => void>()
  const perServer = new Map<string, Set<() => void>>()
  let servers = new Map<string, Server>()
  let loaded = false
  let changed = new Set<string>()
  let scheduled = false

  function note(ids: Iterable<string>): void {
    for (const id of ids) changed.add(id)
    if (scheduled) return
    scheduled = true
    schedule(flush)
  }

  function flush(): void {
    const ids = changed
    changed = new Set()
    scheduled = false
    for (const listener of [...listeners]) listener(ids)
    all.emit()
    for (const id of ids) for (const callback of [...(perServer.get(id) ?? [])]) callback()
  }

  function onServerChange(id: string, callback: () => void): Unsubscribe {
    const callbacks = perServer.get(id) ?? new Set()
    perServer.set(id, callbacks.add(callback))
    return () => {
      callbacks.delete(callback)
      if (callbacks.size === 0 && perServer.get(id) === callbacks) perServer.delete(id)
    }
  }

  return {
    get servers() {
      return servers
    },
    get loaded() {
      return loaded
    },
    replaceAll(list) {
      const gone = servers.keys()
      servers = new Map(list.map((server) => [String(server.id), server]))
      loaded = true
      note([...gone, ...servers.keys()])
    },
    apply(delta) {
      note(applyDelta(servers, delta))
    },
    onChange: all.onChange,
    onServersChange(callback) {
      listeners.add(callback)
      return () => listeners.delete(callback)
    },
    onServerChange,
    onFieldChange(id, field, callback) {
      let value = servers.get(id)?.latest?.[field]
      return onServerChange(id, () => {
        const next = servers.get(id)?.latest?.[field]
        if (Object.is(next, value)) return
        value = next
        callback()
      })
    },
  }
}

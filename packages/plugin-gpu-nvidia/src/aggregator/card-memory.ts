import type { GpuInfo } from '../gpu-info.js'

/** What is remembered of each card: by its uuid, or by its place where an agent tells none. */
export interface CardMemory<Value> {
  get(serverId: number, card: GpuInfo): Value | undefined
  set(serverId: number, card: GpuInfo, value: Value): void
  forget(serverId: number): void
}

export function createCardMemory<Value>(): CardMemory<Value> {
  const servers = new Map<number, Map<string | number, Value>>()
  const keyOf = ({ uuid, index }: GpuInfo) => uuid ?? index

  return {
    get: (serverId, card) => servers.get(serverId)?.get(keyOf(card)),
    set(serverId, card, value) {
      const cards = servers.get(serverId) ?? new Map<string | number, Value>()
      servers.set(serverId, cards.set(keyOf(card), value))
    },
    forget: (serverId) => void servers.delete(serverId),
  }
}

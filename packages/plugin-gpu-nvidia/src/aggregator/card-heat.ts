import type { GpuInfo } from '../gpu-info.js'

/** A hot card is hot until it is so much cooler than its limit: one at 80 and 81 does not flicker. */
export const COOLER_BY_C = 2

/** Which cards are hot, by what they were before. */
export interface CardHeat {
  /** @param limit °C. @returns null without a temperature */
  isHot(serverId: number, card: GpuInfo, limit: number): boolean | null
  forget(serverId: number): void
}

export function createCardHeat(): CardHeat {
  const hotCards = new Map<number, Set<string | number>>()

  return {
    isHot(serverId, card, limit) {
      const { temperature_c } = card
      if (typeof temperature_c !== 'number') return null
      const key = card.uuid ?? card.index
      const wasHot = hotCards.get(serverId)?.has(key) ?? false
      const isHot = temperature_c > (wasHot ? limit - COOLER_BY_C : limit)
      if (isHot === wasHot) return isHot
      const hot = hotCards.get(serverId) ?? new Set<string | number>()
      if (isHot) hot.add(key)
      else hot.delete(key)
      hotCards.set(serverId, hot)
      return isHot
    },
    forget: (serverId) => void hotCards.delete(serverId),
  }
}

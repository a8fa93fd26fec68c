import type { GpuInfo } from '../gpu-info.js'
import { createCardMemory } from './card-memory.js'

/** A hot card is hot until it is so much cooler than its limit: one at 80 and 81 does not flicker. */
export const COOLER_BY_C = 2

/** Which cards are hot, by what they were before. */
export interface CardHeat {
  /** @param limit °C. @returns null without a temperature */
  isHot(serverId: number, card: GpuInfo, limit: number): boolean | null
  forget(serverId: number): void
}

export function createCardHeat(): CardHeat {
  const hot = createCardMemory<boolean>()

  return {
    isHot(serverId, card, limit) {
      const { temperature_c } = card
      if (typeof temperature_c !== 'number') return null
      const wasHot = hot.get(serverId, card) ?? false
      const isHot = temperature_c > (wasHot ? limit - COOLER_BY_C : limit)
      if (isHot !== wasHot) hot.set(serverId, card, isHot)
      return isHot
    },
    forget: hot.forget,
  }
}

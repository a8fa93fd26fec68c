import type { GpuInfo } from '../gpu-info.js'
import { createCardMemory } from './card-memory.js'

/** Below both of these, in percent, a card does nothing. */
export const IDLE_BELOW_PCT = 5
/** For so long it must have done nothing before it is free. */
export const IDLE_FOR_S = 60

/** They draw the desktop of a machine, and hold some memory on every card that it has. */
const desktops = new Set(['Xorg', 'Xwayland', 'gnome-shell', 'gnome-remote-de', 'kwin_wayland'])

/** Tells free cards from those that only pause between two batches. */
export interface CardUse {
  /** @param now epoch seconds. @returns null where it is not known */
  isFree(serverId: number, card: GpuInfo, now: number): boolean | null
  forget(serverId: number): void
}

/** A card that has not been seen busy is taken at its word. */
export function createCardUse(): CardUse {
  const busyAt = createCardMemory<number>()

  return {
    isFree(serverId, card, now) {
      const idle = isIdle(card)
      if (idle === null) return null
      if (idle) return now - (busyAt.get(serverId, card) ?? -Infinity) >= IDLE_FOR_S
      busyAt.set(serverId, card, now)
      return false
    },
    forget: busyAt.forget,
  }
}

function isIdle(card: GpuInfo): boolean | null {
  const { state, mig, processes, util_pct, mem_used_mb, mem_total_mb } = card
  // Who looks for a card wants the whole of it.
  if ((state ?? 'ok') !== 'ok' || (mig ?? null) !== null) return null
  if (processes?.some(({ command }) => !desktops.has(command ?? ''))) return false
  if (typeof util_pct !== 'number' || typeof mem_used_mb !== 'number' || !mem_total_mb) return null
  return util_pct < IDLE_BELOW_PCT && (mem_used_mb / mem_total_mb) * 100 < IDLE_BELOW_PCT
}

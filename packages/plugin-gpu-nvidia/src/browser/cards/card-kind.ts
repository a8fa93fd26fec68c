import type { GpuInfo } from '../../gpu-info.js'

/** How a card looks. What is wrong with it comes before how warm it is, and that before its use. */
export type CardKind = 'busy' | 'free' | 'hot' | 'error' | 'lost' | 'stale' | 'suspended'

export function kindOf({ state, hot, free }: Pick<GpuInfo, 'state' | 'hot' | 'free'>): CardKind {
  if (state && state !== 'ok') return state
  if (hot) return 'hot'
  return free ? 'free' : 'busy'
}

/** Somebody should have a look at it. */
export function isInTrouble({ state }: Pick<GpuInfo, 'state'>): boolean {
  return state === 'error' || state === 'lost'
}

import type { CardIdentity } from '../card.js'

const MINUTE = 60_000
/** How long a card is left alone after each time it has hung. */
const TERMS_MS = [1 * MINUTE, 5 * MINUTE, 15 * MINUTE]

export interface Inmate {
  identity: CardIdentity
  code: 'timeout' | 'crashed'
  message: string
  /** Until then it is not touched; then it is tried once more. */
  until: number
  strikes: number
}

/** Cards at which the driver hung or crashed, by key. They are known by it until they answer again. */
export interface Quarantine {
  note(key: string, inmate: Pick<Inmate, 'identity' | 'code' | 'message'>, now: number): void
  release(key: string): void
  /** Those that must not be touched now. */
  closed(now: number): string[]
  /** Those that are tried again now: after all others. */
  onProbation(now: number): string[]
  list(): readonly Inmate[]
}

export function createQuarantine(): Quarantine {
  const inmates = new Map<string, Inmate>()
  const keys = (isWanted: (inmate: Inmate) => boolean) =>
    [...inmates].filter(([, inmate]) => isWanted(inmate)).map(([key]) => key)
  return {
    note(key, inmate, now) {
      const strikes = (inmates.get(key)?.strikes ?? 0) + 1
      inmates.set(key, { ...inmate, strikes, until: now + termOf(strikes) })
    },
    release: (key) => void inmates.delete(key),
    closed: (now) => keys(({ until }) => now < until),
    onProbation: (now) => keys(({ until }) => now >= until),
    list: () => [...inmates.values()],
  }
}

/** @param strikes from 1 */
export function termOf(strikes: number): number {
  return TERMS_MS[Math.min(strikes, TERMS_MS.length) - 1] ?? MINUTE
}

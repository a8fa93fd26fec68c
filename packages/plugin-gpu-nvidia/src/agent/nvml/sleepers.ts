import { type Card, type CardIdentity, unreadCard } from '../card.js'
import type { PowerState } from '../power-state.js'

/** The cards that sleep, and must not be touched lest they wake. */
export function sleepers(power: PowerState, opened: readonly CardIdentity[]): Card[] {
  const cards = opened.length > 0 ? opened : power.cards()
  const asleep = cards.filter(({ bus_id }) => bus_id && power.isSuspended(bus_id))
  // Before anything is opened it is all or nothing: to open one card is to wake the others.
  if (opened.length === 0 && asleep.length < cards.length) return []
  return asleep.map((card) => ({ ...unreadCard(card, 'suspended', '', ''), errors: [] }))
}

/** Whether all of them are idle cards of a laptop, which an open handle would keep awake. */
export function wouldSleep(power: PowerState, read: readonly Card[]): boolean {
  const isIdle = ({ util_pct, processes }: Card) => (util_pct ?? 0) === 0 && processes?.length === 0
  return (
    read.length > 0 &&
    read.every((card) => isIdle(card) && card.bus_id && power.sleepsWhenIdle(card.bus_id))
  )
}

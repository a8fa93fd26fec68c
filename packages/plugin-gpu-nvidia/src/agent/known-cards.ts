import { type Card, type Sweep, unreadCard } from './card.js'

/** Older values are no longer shown, not even as stale ones. */
const STALE_LIMIT_MS = 60_000

interface KnownCard {
  card: Card
  /** When its values were read. */
  at: number
  /** The last sweep has read it. */
  isCurrent: boolean
}

/**
 * All cards that this agent has ever seen, told apart by uuid, else by bus id, else by
 * index: a card that can no longer be read stays in the list, and says why.
 */
export interface KnownCards {
  /** Takes in what a sweep has found. */
  note(sweep: Sweep, now: number): void
  /** All of them failed to be read. */
  noteFailure(message: string): void
  /** By index; empty where there has never been one. */
  list(now: number): Card[]
}

export function createKnownCards(): KnownCards {
  let known: KnownCard[] = []
  let failure: string | null = null

  function find(card: Card): KnownCard | undefined {
    return (
      known.find((other) => isSame(other.card.uuid, card.uuid)) ??
      known.find((other) => isSame(other.card.bus_id, card.bus_id) && !differ(other.card, card)) ??
      known.find((other) => other.card.index === card.index && isNameless(other.card, card))
    )
  }

  return {
    note({ cards, complete }, now) {
      failure = null
      known = known.map((entry) => ({ ...entry, isCurrent: false }))
      for (const card of cards) {
        const before = find(card)
        const entry = {
          card: merge(card, before?.card, known),
          at: now - (card.age_s ?? 0) * 1000,
          isCurrent: true,
        }
        known = [...known.filter((other) => other !== before), entry]
      }
      if (complete) known = known.map((entry) => (entry.isCurrent ? entry : gone(entry)))
    },
    noteFailure(message) {
      failure = message
      known = known.map((entry) => ({ ...entry, isCurrent: false }))
    },
    list(now) {
      const shown = known.map((entry) => show(entry, now, failure))
      return shown.sort((a, b) => a.index - b.index)
    },
  }
}

function isSame(a: string | null | undefined, b: string | null | undefined): boolean {
  return a !== undefined && a !== null && a === b
}

/** Another card sits in the same slot now. */
function differ({ uuid: a }: Card, { uuid: b }: Card): boolean {
  return typeof a === 'string' && typeof b === 'string' && a !== b
}

/** One of them could not say more of itself than its index. */
function isNameless(a: Card, b: Card): boolean {
  return [a, b].some(({ uuid, bus_id }) => (uuid ?? bus_id ?? null) === null)
}

/** What is read now and then, and what a failing card cannot say, stays as it was. */
function merge(card: Card, before: Card | undefined, known: readonly KnownCard[]): Card {
  const index = card.index >= 0 ? card.index : (before?.index ?? freeIndex(known))
  if (before === undefined) return { ...card, index }
  const { processes = null, ecc = null, mig = null, pcie = null } = before
  const isRead = card.state === 'ok'
  return {
    ...(isRead && { processes, ecc, mig, pcie }),
    ...card,
    index,
    name: card.name ?? before.name,
    mem_total_mb: card.mem_total_mb ?? (isRead ? null : before.mem_total_mb),
    uuid: card.uuid ?? before.uuid ?? null,
    bus_id: card.bus_id ?? before.bus_id ?? null,
  }
}

function freeIndex(known: readonly KnownCard[]): number {
  return known.reduce((free, { card }) => Math.max(free, card.index + 1), 0)
}

function gone(entry: KnownCard): KnownCard {
  if (entry.card.state === 'lost') return entry
  const card = unreadCard(entry.card, 'lost', 'lost', 'The driver no longer lists the card')
  return { ...entry, card: { ...card, mem_total_mb: entry.card.mem_total_mb } }
}

function show({ card, at, isCurrent }: KnownCard, now: number, failure: string | null): Card {
  if (isCurrent) return card
  const errors = failure === null ? [] : [{ code: 'driver', message: failure }]
  if (card.state !== 'ok') return { ...card, errors: [...(card.errors ?? []), ...errors] }
  const age_s = Math.round((now - at) / 100) / 10
  if (now - at <= STALE_LIMIT_MS) return { ...card, state: 'stale', errors, age_s }
  const [error = { code: 'stale', message: `It was last read ${Math.round(age_s)} s ago` }] = errors
  const { mem_total_mb } = card
  return { ...unreadCard(card, 'error', error.code, error.message), mem_total_mb }
}

import { type CardIdentity, normaliseBusId } from './card.js'

/** The cards that the operator wants left alone. */
export interface Exclusion {
  isExcluded(card: Pick<CardIdentity, 'index' | 'uuid' | 'bus_id'>): boolean
  /** Those known by their index alone need not even be opened. */
  indexes: readonly number[]
}

/** @param names indexes, uuids and bus ids, in NVIDIA's way of writing or that of Linux */
export function createExclusion(names: readonly string[]): Exclusion {
  const indexes = names.filter((name) => /^\d+$/.test(name)).map(Number)
  const others = new Set(names.map((name) => normaliseBusId(name) ?? name.toLowerCase()))
  return {
    indexes,
    isExcluded: ({ index, uuid, bus_id }) =>
      indexes.includes(index) ||
      others.has(uuid?.toLowerCase() ?? '') ||
      others.has(bus_id?.toLowerCase() ?? ''),
  }
}

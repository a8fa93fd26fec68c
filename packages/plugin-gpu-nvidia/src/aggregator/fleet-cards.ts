import { type Server, ServerState, type Static, Type } from '@mon/core'
import { GpuInfo, type GpuState } from '../gpu-info.js'
import { checkCards } from './check-cards.js'

/** A card and the server that it is in. */
export const FleetCard = Type.Object({
  server_id: Type.Integer(),
  server: Type.String({ description: 'Name of the server' }),
  server_state: ServerState,
  ...GpuInfo.properties,
})
export type FleetCard = Static<typeof FleetCard>

export interface CardFilter {
  /** A part of the model's name, in whatever case. */
  model?: string
  state?: GpuState
  /** Who has a process on it. */
  user?: string
}

/** All cards of the fleet. Those of a server that does not answer are as it last told, and stale. */
export function fleetCards(servers: readonly Server[], filter: CardFilter = {}): FleetCard[] {
  return servers.flatMap(cardsOf).filter((card) => fits(card, filter))
}

function cardsOf({ id, name, state, latest }: Server): FleetCard[] {
  const isAnswering = state === 'online' || state === 'degraded'
  return (checkCards(latest?.gpus) ?? []).map((card) => ({
    server_id: id,
    server: name,
    server_state: state,
    ...card,
    ...(!isAnswering && card.state !== 'lost' && { state: 'stale' as const }),
  }))
}

function fits(card: FleetCard, { model, state, user }: CardFilter): boolean {
  return (
    (model === undefined || (card.name ?? '').toLowerCase().includes(model.toLowerCase())) &&
    // An agent of version 1.0 has no states, and only cards that it can read.
    (state === undefined || (card.state ?? 'ok') === state) &&
    (user === undefined || (card.processes ?? []).some((process) => process.user === user))
  )
}

import { type Server, ServerState, type Static, Type } from '@mon/core'
import { GpuInfo, type GpuState } from '../gpu-info.js'

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

/** The cards that a server last told of. */
export type CardsOf = (serverId: number) => readonly GpuInfo[]

/** All cards of the fleet. Those of a server that does not answer are as it last told, and stale. */
export function fleetCards(
  servers: readonly Server[],
  cardsOf: CardsOf,
  filter: CardFilter = {},
): FleetCard[] {
  return servers
    .flatMap((server) => cardsOf(server.id).map((card) => inServer(card, server)))
    .filter((card) => fits(card, filter))
}

function inServer(card: GpuInfo, { id, name, state }: Server): FleetCard {
  const isAnswering = state === 'online' || state === 'degraded'
  return {
    server_id: id,
    server: name,
    server_state: state,
    ...card,
    ...(!isAnswering && card.state !== 'lost' && { state: 'stale' as const, free: null }),
  }
}

function fits(card: FleetCard, { model, state, user }: CardFilter): boolean {
  return (
    (model === undefined || (card.name ?? '').toLowerCase().includes(model.toLowerCase())) &&
    // An agent of version 1.0 has no states, and only cards that it can read.
    (state === undefined || (card.state ?? 'ok') === state) &&
    (user === undefined || (card.processes ?? []).some((process) => process.user === user))
  )
}

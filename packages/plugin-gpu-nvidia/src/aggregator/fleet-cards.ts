import { type Server, ServerState, type Static, Type } from '@mon/core'
import { GpuInfo, type GpuState } from '../gpu-info.js'

/** A card and the server that it is in. */
export const FleetCard = Type.Object({
  server_id: Type.Integer(),
  server: Type.String({ description: 'Name of the server' }),
  host: Type.String({ description: 'Host name or IP of its address' }),
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
  /** Only those that somebody should look at. */
  trouble?: boolean
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

function inServer(card: GpuInfo, { id, name, base_url, state }: Server): FleetCard {
  const isAnswering = state === 'online' || state === 'degraded'
  return {
    server_id: id,
    server: name,
    host: new URL(base_url).hostname,
    server_state: state,
    ...card,
    ...(!isAnswering && card.state !== 'lost' && { state: 'stale' as const, free: null }),
  }
}

function fits(card: FleetCard, { model, state, user, trouble }: CardFilter): boolean {
  return (
    (model === undefined || (card.name ?? '').toLowerCase().includes(model.toLowerCase())) &&
    // An agent of version 1.0 has no states, and only cards that it can read.
    (state === undefined || (card.state ?? 'ok') === state) &&
    (user === undefined || (card.processes ?? []).some((process) => process.user === user)) &&
    (trouble !== true || isInTrouble(card))
  )
}

/** A card that is throttled at its power limit works as it should. */
const alarming = new Set(['hw_slowdown', 'sw_thermal', 'hw_thermal', 'power_brake'])

/** Values are old on a server that does not answer: then the server is in trouble, and not its cards. */
function isInTrouble({ state, server_state, hot, throttle }: FleetCard): boolean {
  if (server_state === 'disabled') return false
  if (state === 'error' || state === 'lost') return true
  if (server_state !== 'online' && server_state !== 'degraded') return false
  return state === 'stale' || hot === true || (throttle ?? []).some((why) => alarming.has(why))
}

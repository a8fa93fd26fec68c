import type { ServerFigures } from '../live/fleet-figures.js'
import type { LatestSnapshot, Server, ServerState } from '../live/server.js'
import type { OverviewView, SortKey } from './view.js'

const urgency: Record<ServerState, number> = {
  offline: 0,
  degraded: 1,
  unknown: 2,
  online: 3,
  disabled: 4,
}

type Figure = (server: Server, figures: Readonly<ServerFigures>) => number | null | undefined

/** Highest first. */
const figureOf: Partial<Record<SortKey, Figure>> = {
  cpu: (server) => latestOf(server)?.cpu_pct,
  memory: (server) => latestOf(server)?.mem_pct,
  disk: (server) => latestOf(server)?.disk_pct,
  free: (_server, { gpus, free }) => (gpus === 0 ? null : free),
  temp: (_server, { hottest }) => hottest,
}

/** What a server measured before it went silent does not count. */
function latestOf({ state, latest }: Server): LatestSnapshot | null {
  return state === 'online' || state === 'degraded' ? latest : null
}

export function isByFigure(sort: SortKey): boolean {
  return figureOf[sort] !== undefined
}

/** Sorts as asked for, and by name what is equal; what is unknown comes last either way. */
export function sortServers(
  servers: Server[],
  figures: (id: string) => Readonly<ServerFigures>,
  { sort, reversed }: Pick<OverviewView, 'sort' | 'reversed'>,
  collator: Intl.Collator,
): Server[] {
  const byName = (a: Server, b: Server) => collator.compare(a.name, b.name) || a.id - b.id
  const direction = reversed ? -1 : 1
  const figure = figureOf[sort]
  if (figure === undefined) {
    const first = (a: Server, b: Server) =>
      sort === 'problems' ? urgency[a.state] - urgency[b.state] : 0
    return servers.sort((a, b) => direction * (first(a, b) || byName(a, b)))
  }
  const values = new Map(servers.map((each) => [each, figure(each, figures(String(each.id)))]))
  return servers.sort((a, b) => compare(values.get(a), values.get(b)) || byName(a, b))

  function compare(a: number | null | undefined, b: number | null | undefined): number {
    const known = (value: unknown) => Number(typeof value === 'number')
    if (typeof a === 'number' && typeof b === 'number') return direction * (b - a)
    return known(b) - known(a)
  }
}

/**
 * The list while someone is in it: nothing that stands moves, newcomers go to the end,
 * and only what no longer exists leaves.
 */
export function holdOrder(
  held: readonly string[],
  next: readonly string[],
  exists: (id: string) => boolean,
): string[] {
  const standing = new Set(held)
  return [...held.filter(exists), ...next.filter((id) => !standing.has(id))]
}

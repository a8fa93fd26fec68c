import { createEmitter, type OnChange } from '../emitter.js'
import type { LiveStore } from './live-store.js'
import type { Server } from './server.js'

/** What is counted of one server; all but `hottest` add up to the fleet's. */
export interface ServerFigures {
  /** 0 for one that is disabled: it belongs to no total. */
  servers: number
  online: number
  degraded: number
  offline: number
  gpus: number
  busy: number
  free: number
  unknown: number
  hot: number
  /** 1 if a card of it is free. */
  with_free: number
  /** °C; null while unknown. */
  hottest: number | null
}

export type FleetTotals = Omit<ServerFigures, 'hottest'>

/** The counts of the fleet, kept up to date from what changed alone. */
export interface FleetFigures {
  readonly totals: Readonly<FleetTotals>
  /** Those on the most servers first. */
  readonly tags: readonly string[]
  of(id: string): Readonly<ServerFigures>
  onChange: OnChange
}

const countedFields = [
  'servers',
  'online',
  'degraded',
  'offline',
  'gpus',
  'busy',
  'free',
  'unknown',
  'hot',
  'with_free',
] as const satisfies (keyof FleetTotals)[]

const nothing: Readonly<ServerFigures> = {
  servers: 0,
  online: 0,
  degraded: 0,
  offline: 0,
  gpus: 0,
  busy: 0,
  free: 0,
  unknown: 0,
  hot: 0,
  with_free: 0,
  hottest: null,
}

interface Entry {
  figures: Readonly<ServerFigures>
  tags: readonly string[]
}

export function createFleetFigures(
  store: Pick<LiveStore, 'servers' | 'onServersChange'>,
): FleetFigures {
  const { emit, onChange } = createEmitter()
  const entries = new Map<string, Entry>()
  const totals: FleetTotals = { ...nothing }
  const tagCounts = new Map<string, number>()
  let tags: string[] | undefined

  function add({ figures, tags: own }: Entry, sign: 1 | -1): void {
    for (const field of countedFields) totals[field] += sign * figures[field]
    for (const tag of own) {
      const count = (tagCounts.get(tag) ?? 0) + sign
      if (count === 0) tagCounts.delete(tag)
      else tagCounts.set(tag, count)
      tags = undefined
    }
  }

  /** @returns whether anything is counted differently now */
  function update(id: string): boolean {
    const server = store.servers.get(id)
    const before = entries.get(id)
    if (server === undefined) {
      if (before) add(before, -1)
      return entries.delete(id)
    }
    const after = { figures: figuresOf(server), tags: server.tags }
    entries.set(id, after)
    if (before && isSame(before, after)) return false
    if (before) add(before, -1)
    add(after, 1)
    return true
  }

  store.onServersChange((ids) => {
    let changed = false
    for (const id of ids) changed = update(id) || changed
    if (changed) emit()
  })

  return {
    totals,
    get tags() {
      tags ??= [...tagCounts]
        .sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
        .map(([tag]) => tag)
      return tags
    },
    of: (id) => entries.get(id)?.figures ?? nothing,
    onChange,
  }
}

function isSame(before: Entry, after: Entry): boolean {
  return (
    before.tags === after.tags &&
    countedFields.every((field) => before.figures[field] === after.figures[field])
  )
}

function figuresOf({ state, latest }: Server): ServerFigures {
  if (state === 'disabled') return nothing
  const answers = state === 'online' || state === 'degraded'
  const gpus = latest?.gpus ?? []
  const known = answers ? gpus : []
  const temperatures = known.flatMap(({ temperature_c }) => temperature_c ?? [])
  const free = known.filter((gpu) => gpu.free === true).length
  const busy = known.filter((gpu) => gpu.free === false).length
  return {
    servers: 1,
    online: Number(state === 'online'),
    degraded: Number(state === 'degraded'),
    offline: Number(state === 'offline'),
    gpus: gpus.length,
    busy,
    free,
    unknown: gpus.length - busy - free,
    hot: known.filter((gpu) => gpu.hot === true).length,
    with_free: Number(free > 0),
    hottest: temperatures.length === 0 ? null : Math.max(...temperatures),
  }
}

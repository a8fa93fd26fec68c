import type { LatestSnapshot } from '@mon/core'
import { HOUR_S } from '../../table.js'
import { addToHour, beginHour, type Hour } from './hour.js'

export interface Reading {
  server_id: number
  latest: LatestSnapshot
  /** When it had arrived by the clock, epoch milliseconds: this decides its hour. */
  received_at: number
  /** The same by a clock that is never set, milliseconds: this measures how long it stands. */
  monotonic_ms: number
  /** How often the server is asked. */
  interval_s: number
}

export interface RollupOptions {
  /** The fields of LatestSnapshot, by the metric that reads them. */
  fields: ReadonlyMap<string, string>
  /** No more readings are added to this one: it is to be kept now, or never. */
  onEnd(hour: Hour): void
}

/**
 * Adds the readings of all servers up, hour by hour.
 *
 * A reading stands for the time since the one before it, within its hour; after a gap, of which it
 * says nothing, for one interval. The clock may be set. So that an excursion of some seconds or
 * minutes tears no hour apart, the hour before is kept as well; where the clock goes through an hour
 * a second time, that is counted by itself, and of the two the one with more readings is stored.
 */
export interface Rollup {
  add(reading: Reading): void
  /** Goes on with hours of before a restart. */
  load(hours: readonly Hour[]): void
  /** The hours that have changed since they were taken last. */
  takeChanged(): Hour[]
  /** These could not be stored: they have changed still. */
  putBack(hours: readonly Hour[]): void
  isHeld(hour: Hour): boolean
  forget(serverId: number): void
}

const HOURS_HELD = 2
/** A poll that is missed or late leaves a gap that the next reading stands for. */
const INTERVALS_BRIDGED = 3
/** Answers that arrive together, and clocks that are drawn back smoothly, are not a second pass. */
const SECOND_PASS_MS = 60_000

interface ServerHours {
  /** By the clock that is never set. */
  last_monotonic_ms: number
  /** The one that was added to last comes last. */
  hours: Hour[]
}

export function createRollup({ fields, onEnd }: RollupOptions): Rollup {
  const servers = new Map<number, ServerHours>()
  const changed = new Set<Hour>()

  function serverOf(id: number): ServerHours {
    const known = servers.get(id)
    if (known !== undefined) return known
    const server = { last_monotonic_ms: Number.NEGATIVE_INFINITY, hours: [] }
    servers.set(id, server)
    return server
  }

  /** The hour to add to, which becomes the last in the list. */
  function hourFor(server: ServerHours, server_id: number, ts: number, at: number): Hour {
    const place = server.hours.findIndex((hour) => hour.ts === ts)
    const [known] = place === -1 ? [] : server.hours.splice(place, 1)
    const isSecondPass = known !== undefined && at < known.state.last_at - SECOND_PASS_MS
    if (isSecondPass) end(known)
    const hour = known === undefined || isSecondPass ? beginHour(server_id, ts) : known
    server.hours.push(hour)
    const [oldest] = server.hours
    if (server.hours.length > HOURS_HELD && oldest !== undefined) {
      server.hours.shift()
      end(oldest)
    }
    return hour
  }

  function end(hour: Hour): void {
    onEnd(hour)
    changed.delete(hour)
  }

  return {
    add({ server_id, latest, received_at, monotonic_ms, interval_s }) {
      const server = serverOf(server_id)
      const ts = Math.floor(received_at / 1000 / HOUR_S) * HOUR_S
      const since = (monotonic_ms - server.last_monotonic_ms) / 1000
      const stands = since <= interval_s * INTERVALS_BRIDGED ? since : interval_s
      const weight = Math.max(0.001, Math.min(stands, received_at / 1000 - ts))
      server.last_monotonic_ms = monotonic_ms

      const hour = hourFor(server, server_id, ts, received_at)
      addToHour(hour, { latest, at: received_at, weight }, fields)
      changed.add(hour)
    },
    load(hours) {
      const inOrder = [...hours].sort((a, b) => a.state.last_at - b.state.last_at)
      for (const hour of inOrder) {
        const server = serverOf(hour.server_id)
        server.hours.push(hour)
        if (server.hours.length > HOURS_HELD) server.hours.splice(0, 1).forEach(end)
      }
    },
    takeChanged() {
      const hours = [...changed]
      changed.clear()
      return hours
    },
    putBack(hours) {
      for (const hour of hours) changed.add(hour)
    },
    isHeld: (hour) => servers.get(hour.server_id)?.hours.includes(hour) ?? false,
    forget(serverId) {
      for (const hour of servers.get(serverId)?.hours ?? []) changed.delete(hour)
      servers.delete(serverId)
    },
  }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta } from './apply-delta.js'
import type { FleetDelta, Server, ServerDelta } from './server.js'

const fieldValue = fc.oneof(fc.double({ noNaN: true }), fc.constant(null), fc.array(fc.nat(9)))

/** Agents keep their set of fields, so every snapshot has the same ones. */
const latest = fc.option(
  fc.record({
    ts: fc.nat(),
    cpu_pct: fc.constantFrom(null, 1, 2),
    gpus: fc.option(fc.array(fc.record({ index: fc.nat(9) }))),
    files: fieldValue,
  }),
)
const server = (id: number): fc.Arbitrary<Server> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('a', 'b'),
    base_url: fc.constant('http://10.0.0.1:7881'),
    tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
    enabled: fc.boolean(),
    poll_interval_s: fc.constantFrom(null, 1, 5),
    state: fc.constantFrom('online', 'degraded', 'offline'),
    last_seen: fc.option(fc.nat()),
    last_error: fc.constant(null),
    latest,
  })
const fleet = fc
  .uniqueArray(fc.nat(6), { maxLength: 5 })
  .chain((ids) => fc.tuple(...ids.map(server)))

const byId = (servers: readonly Server[]) =>
  new Map(servers.map((server) => [String(server.id), server]))

describe('A delta', () => {
  it('leads from any fleet to any other', () => {
    fc.assert(
      fc.property(fleet, fleet, (before, after) => {
        const merged = byId(before)
        applyDelta(merged, deltaBetween(byId(before), byId(after)))
        expect(merged).toEqual(byId(after))
      }),
    )
  })

  it('leaves alone what it does not name', () => {
    fc.assert(
      fc.property(fleet, fc.nat(6), (before, id) => {
        const merged = byId(before)
        const named = applyDelta(merged, { [id]: { name: 'renamed' } })
        expect(named).toEqual([String(id)])
        for (const [other, server] of byId(before)) {
          if (other !== String(id)) expect(merged.get(other)).toBe(server)
        }
      }),
    )
  })

  it('keeps the identity of fields that did not change, and of no other', () => {
    const gpus = [{ index: 0 }]
    const start: Server = {
      id: 1,
      name: 'gpu-01',
      base_url: 'http://10.0.0.1:7881',
      tags: [],
      enabled: true,
      poll_interval_s: null,
      state: 'online',
      last_seen: 1,
      last_error: null,
      latest: { ts: 1, gpus },
    }
    const merged = byId([start])
    applyDelta(merged, { 1: { latest: { ts: 2 } } })
    expect(merged.get('1')).not.toBe(start)
    expect(merged.get('1')?.latest?.gpus).toBe(gpus)
    expect(merged.get('1')?.latest?.ts).toBe(2)
  })

  it('about a server nobody has told of is passed over', () => {
    const merged = byId([])
    applyDelta(merged, { 9: { last_seen: 5 }, 8: null })
    expect(merged.size).toBe(0)
  })
})

/** What the aggregator sends, by the letter of the contract. */
function deltaBetween(before: Map<string, Server>, after: Map<string, Server>): FleetDelta {
  const delta: FleetDelta = {}
  for (const id of before.keys()) if (!after.has(id)) delta[id] = null
  for (const [id, server] of after) {
    const old = before.get(id)
    const change: ServerDelta = changedFields(old ?? {}, server)
    if (old?.latest && server.latest) change.latest = changedFields(old.latest, server.latest)
    delta[id] = change
  }
  return delta
}

function changedFields<T extends object>(before: object, after: T): Partial<T> {
  const old = new Map(Object.entries(before))
  const changed: Partial<T> = { ...after }
  for (const key in after) if (old.has(key) && old.get(key) === after[key]) delete changed[key]
  return changed
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFleetFigures } from './fleet-figures.js'
import { createLiveStore } from './live-store.js'
import type { Gpu, Server, ServerState } from './server.js'

const gpu = (index: number, util_pct: number | null, more: Partial<Gpu> = {}): Gpu => ({
  index,
  util_pct,
  mem_used_mb: (util_pct ?? 0) * 10,
  mem_total_mb: 1000,
  temperature_c: 30 + (util_pct ?? 0) / 2,
  hot: false,
  free: util_pct === null ? null : util_pct === 0,
  ...more,
})
const server = (
  id: number,
  state: ServerState,
  gpus: Gpu[] | null,
  tags: string[] = [],
): Server => ({
  id,
  name: `gpu-${id}`,
  base_url: 'http://10.0.0.1:7881',
  tags,
  enabled: true,
  poll_interval_s: null,
  state,
  last_seen: 100,
  last_error: null,
  latest: { ts: 100, gpus },
})

function fleetOf(...servers: Server[]) {
  const store = createLiveStore((flush) => flush())
  const figures = createFleetFigures(store)
  store.replaceAll(servers)
  return { store, figures }
}

describe('The figures of the fleet', () => {
  it('count GPUs in use, free, unknown and hot', () => {
    const { figures } = fleetOf(
      server(1, 'online', [
        gpu(0, 90),
        gpu(1, 0),
        gpu(2, null),
        gpu(3, 99, { temperature_c: 81, hot: true }),
      ]),
      server(2, 'degraded', [gpu(0, 0), gpu(1, 0, { state: 'lost', free: null })]),
      server(3, 'offline', [gpu(0, 90)]),
      server(4, 'disabled', [gpu(0, 90)]),
      server(5, 'online', null),
    )
    expect(figures.totals).toMatchObject({
      servers: 4,
      online: 2,
      degraded: 1,
      offline: 1,
      gpus: 7,
      busy: 2,
      free: 2,
      unknown: 3,
      hot: 1,
      with_free: 2,
    })
    expect(figures.of('1').hottest).toBe(81)
    expect(figures.of('3').hottest).toBeNull()
  })

  it('list the tags, those of most servers first', () => {
    const { store, figures } = fleetOf(
      server(1, 'online', null, ['a', 'b']),
      server(2, 'online', null, ['b']),
    )
    expect(figures.tags).toEqual(['b', 'a'])
    store.apply({ 2: null, 1: { tags: ['a', 'c'] } })
    expect(figures.tags).toEqual(['a', 'c'])
  })

  it('are the same however the fleet came about', () => {
    const change = fc.record({
      id: fc.integer({ min: 1, max: 4 }),
      gone: fc.boolean(),
      state: fc.constantFrom<ServerState>('online', 'degraded', 'offline', 'disabled'),
      tags: fc.subarray(['a', 'b', 'c']),
      gpus: fc.option(
        fc.array(
          fc.option(fc.constantFrom(0, 50, 99)).map((util) => gpu(0, util)),
          { maxLength: 3 },
        ),
      ),
    })
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const { store, figures } = fleetOf()
        for (const { id, gone, state, tags, gpus } of changes) {
          store.apply({ [id]: gone ? null : server(id, state, gpus, tags) })
        }
        const anew = fleetOf(...store.servers.values()).figures
        expect(figures.totals).toEqual(anew.totals)
        expect(figures.tags).toEqual(anew.tags)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerFigures } from '../live/fleet-figures.js'
import type { Server, ServerState } from '../live/server.js'
import { holdOrder, sortServers } from './order.js'
import { sortKeys } from './view.js'

const server = (id: number, name: string, state: ServerState, cpu_pct?: number | null): Server => ({
  id,
  name,
  state,
  base_url: 'http://10.0.0.1:7881',
  tags: [],
  enabled: true,
  poll_interval_s: null,
  last_seen: null,
  last_error: null,
  latest: cpu_pct === undefined ? null : { cpu_pct },
})
const figures = (id: string): ServerFigures => ({
  servers: 1,
  online: 1,
  degraded: 0,
  offline: 0,
  gpus: 8,
  busy: 8,
  free: Number(id),
  unknown: 0,
  hot: 0,
  with_free: 0,
  hottest: Number(id) % 2 ? 80 - Number(id) : null,
})
const collator = new Intl.Collator('zh-Hans-u-co-pinyin', { numeric: true })

describe('The order of the overview', () => {
  const fleet = () => [
    server(1, 'gpu-10', 'online', 40),
    server(2, 'gpu-2', 'online', null),
    server(3, 'zz', 'degraded', 90),
    server(4, 'yy', 'offline', 99),
    server(5, 'aa', 'disabled'),
    server(6, 'bb', 'unknown'),
  ]
  const sorted = (sort: (typeof sortKeys)[number], reversed = false) =>
    sortServers(fleet(), figures, { sort, reversed }, collator).map(({ name }) => name)

  it('puts problems first, and then goes by name as people count', () => {
    expect(sorted('problems')).toEqual(['yy', 'zz', 'bb', 'gpu-2', 'gpu-10', 'aa'])
  })

  it('puts high figures first, and last what is unknown or of a server that is silent', () => {
    expect(sorted('cpu')).toEqual(['zz', 'gpu-10', 'aa', 'bb', 'gpu-2', 'yy'])
    expect(sorted('cpu', true)).toEqual(['gpu-10', 'zz', 'aa', 'bb', 'gpu-2', 'yy'])
    expect(sorted('temp')).toEqual(['gpu-10', 'zz', 'aa', 'bb', 'gpu-2', 'yy'])
  })

  it('is the same whatever the order was before', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(fleet(), { minLength: 6 }),
        fc.constantFrom(...sortKeys),
        fc.boolean(),
        (shuffled, sort, reversed) => {
          const names = sortServers([...shuffled], figures, { sort, reversed }, collator)
          expect(names.map(({ name }) => name)).toEqual(sorted(sort, reversed))
        },
      ),
    )
  })

  it('stays while someone is in the list: newcomers at the end, only the deleted leave', () => {
    const exists = (id: string) => id !== 'b'
    expect(holdOrder(['a', 'b', 'c'], ['d', 'c', 'a'], exists)).toEqual(['a', 'c', 'd'])
  })
})

import { describe, expect, it } from 'vitest'
import type { Server, ServerState } from '../live/server.js'
import { holdOrder, problemsFirst } from './order.js'

const server = (id: number, name: string, state: ServerState): Server => ({
  id,
  name,
  state,
  base_url: 'http://10.0.0.1:7881',
  tags: [],
  last_seen: null,
  last_error: null,
  latest: null,
})

describe('The order of the overview', () => {
  const collator = new Intl.Collator('zh-Hans-u-co-pinyin', { numeric: true })

  it('puts problems first, and then goes by name as people count', () => {
    const sorted = problemsFirst(
      [
        server(1, 'gpu-10', 'online'),
        server(2, 'gpu-2', 'online'),
        server(3, 'zz', 'degraded'),
        server(4, 'yy', 'offline'),
        server(5, 'aa', 'disabled'),
        server(6, 'bb', 'unknown'),
      ],
      collator,
    )
    expect(sorted.map(({ name }) => name)).toEqual(['yy', 'zz', 'bb', 'gpu-2', 'gpu-10', 'aa'])
  })

  it('stays while someone is in the list: newcomers at the end, only the deleted leave', () => {
    const exists = (id: string) => id !== 'b'
    expect(holdOrder(['a', 'b', 'c'], ['d', 'c', 'a'], exists)).toEqual(['a', 'c', 'd'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilledRow, fill } from '../testdata/fill.js'
import { type HistoryHost, startHistory } from '../testdata/history-host.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 2, 1) / 1000
const path = '/api/history/hourly'

interface Row extends Record<string, unknown> {
  server_id: number
  ts: number
}

const get = (host: HistoryHost, query: string, headers = {}) =>
  fetch(`${host.url}${path}?${query}`, { headers })

async function rowsOf(host: HistoryHost, query: string): Promise<Row[]> {
  const response = await get(host, query)
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}

describe('GET /api/history/hourly', () => {
  it('answers the newest hours of all servers first, with what is unknown as null', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    await host.addServer('gpu-02')
    await fill(host, [
      { server_id: 1, ts: BEGIN, cpu_pct_avg: 12.5, samples: 3 },
      { server_id: 2, ts: BEGIN },
      { server_id: 1, ts: BEGIN + HOUR, gpu_details: '[{"uuid":"GPU-a"}]' },
    ])
    const response = await get(host, '')
    expect(response.headers.get('x-total-count')).toBe('3')
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(response.headers.get('link')).toBeNull()
    const rows: Row[] = await response.json()
    expect(rows.map(({ ts, server_id }) => [ts - BEGIN, server_id])).toEqual([
      [HOUR, 1],
      [0, 1],
      [0, 2],
    ])
    expect(rows[1]).toMatchObject({ cpu_pct_avg: 12.5, mem_pct_max: null, samples: 3 })
    expect(rows[0]).not.toHaveProperty('gpu_details')
    expect(rows[0]).not.toHaveProperty('id')
    const [withCards] = await rowsOf(host, 'gpu=1&fields=ts,cpu_pct_avg')
    expect(withCards).toEqual({
      ts: BEGIN + HOUR,
      cpu_pct_avg: null,
      gpu_details: [{ uuid: 'GPU-a' }],
    })
  })

  it('finds what a plain sort and filter of all rows finds, on every page, whatever is asked', async () => {
    const host = await startHistory()
    const all: FilledRow[] = []
    for (let server_id = 1; server_id <= 6; server_id += 1) {
      await host.addServer(`gpu-${server_id}`)
      for (let hour = 0; hour < 80; hour += 1) {
        // Not every server has every hour, and many values are the same or unknown.
        if ((hour * 7 + server_id * 3) % 5 === 0) continue
        const cpu_pct_max = (hour + server_id) % 4 === 0 ? null : ((hour * server_id) % 5) - 2.5
        all.push({ server_id, ts: BEGIN + hour * HOUR, cpu_pct_max })
      }
    }
    await fill(host, all)
    const value = (row: FilledRow, name: string) => Number(row[name])
    const expected = (query: Query) => {
      const way = query.order === 'asc' ? 1 : -1
      return all
        .filter(({ server_id, ts }) => {
          const isOf = query.servers.length === 0 || query.servers.includes(server_id)
          return isOf && ts >= query.from && ts < query.to
        })
        .sort((a, b) => {
          const unknown = Number(a[query.sort] === null) - Number(b[query.sort] === null)
          const first = way * (value(a, query.sort) - value(b, query.sort))
          return unknown || first || a.ts - b.ts || a.server_id - b.server_id
        })
    }
    const time = fc.integer({ min: BEGIN - HOUR, max: BEGIN + 81 * HOUR })
    const queries = fc.record({
      servers: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
      from: time,
      to: time,
      sort: fc.constantFrom('ts', 'server_id', 'cpu_pct_max'),
      order: fc.constantFrom('asc', 'desc'),
      limit: fc.integer({ min: 5, max: 150 }),
      offset: fc.integer({ min: 0, max: 250 }),
    })
    type Query = typeof queries extends fc.Arbitrary<infer T> ? T : never
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        fc.pre(query.from < query.to)
        const { servers, ...others } = query
        const parameters = new URLSearchParams(
          Object.entries(others).map(([name, value]) => [name, String(value)]),
        )
        for (const id of servers) parameters.append('server_id', String(id))
        const found: Row[] = []
        let next: string | undefined = `${path}?${parameters}`
        let pages = 0
        while (next !== undefined) {
          const response: Response = await fetch(host.url + next)
          expect(response.headers.get('x-total-count')).toBe(String(expected(query).length))
          const rows: Row[] = await response.json()
          expect(rows.length).toBeLessThanOrEqual(query.limit)
          found.push(...rows)
          next = /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
          pages += 1
        }
        const wanted = expected(query).slice(query.offset)
        expect(
          found.map(({ server_id, ts, cpu_pct_max }) => ({ server_id, ts, cpu_pct_max })),
        ).toEqual(wanted)
        expect(pages).toBe(Math.max(1, Math.ceil(wanted.length / query.limit)))
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('refuses what it cannot answer, and says what was got and what is allowed', async () => {
    const host = await startHistory()
    const refusals = [
      ['limit=1001', 'query.limit must be <= 1000 (got 1001)'],
      ['limit=0', 'query.limit must be >= 1 (got 0)'],
      ['offset=-1', 'query.offset must be >= 0 (got -1)'],
      ['server_id=abc', 'query.server_id[0] must be integer (got "abc")'],
      ['sort=id', 'query.sort must be "server_id" or "ts" or "cpu_pct_avg"'],
      ['order=up', 'query.order must be "asc" or "desc" (got "up")'],
      ['from=yesterday', 'query.from must be epoch seconds or ISO 8601'],
      ['from=2026-13-01', '(got "2026-13-01")'],
      ['from=20&to=10', 'query.from must be before query.to (got "20" and "10")'],
      ['fields=ts,nothing', '(got "nothing")'],
      ['after=abc', 'query.after must be taken from the Link header'],
      ['page=2', 'query.page is not known (known: server_id, from, to'],
    ]
    for (const [query, words] of refusals) {
      const response = await get(host, String(query))
      expect(response.status, query).toBe(400)
      expect(await response.json()).toMatchObject({
        code: 'REQUEST_INVALID',
        detail: expect.stringContaining(String(words)),
      })
    }
  })

  it('takes times as epoch seconds and as ISO 8601, with an offset or in UTC', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    await fill(
      host,
      [0, 1, 2].map((hour) => ({ server_id: 1, ts: BEGIN + hour * HOUR })),
    )
    for (const from of [
      String(BEGIN + HOUR),
      '2026-03-01T01:00:00Z',
      '2026-03-01T01:00',
      '2026-03-01T00:00:01Z',
      '2026-03-01T09:00:00%2B08:00',
      '2026-03-01T09:00:00+08:00',
    ]) {
      expect(await rowsOf(host, `from=${from}`), from).toHaveLength(2)
      expect(await rowsOf(host, `to=${from}`), from).toHaveLength(1)
    }
    expect(await rowsOf(host, 'from=2026-03-01&to=2026-03-02')).toHaveLength(3)
  })

  it('is not sent again while its hours stay as they are', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    await fill(host, [{ server_id: 1, ts: BEGIN }])
    const first = await get(host, `to=${BEGIN + HOUR}`)
    const tag = first.headers.get('etag') ?? ''
    const again = await get(host, `to=${BEGIN + HOUR}`, { 'if-none-match': tag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    const repeated = await get(host, `to=${BEGIN + HOUR}`)
    expect([repeated.headers.get('etag'), repeated.headers.get('x-total-count')]).toEqual([
      tag,
      '1',
    ])
    expect(await repeated.json()).toEqual(await first.json())
    expect((await get(host, `to=${BEGIN + HOUR}&limit=7`)).headers.get('etag')).not.toBe(tag)

    await host.request('DELETE', '/api/servers/1')
    const later = await get(host, `to=${BEGIN + HOUR}`, { 'if-none-match': tag })
    expect(later.status).toBe(200)
    expect(await later.json()).toEqual([])
  })
})

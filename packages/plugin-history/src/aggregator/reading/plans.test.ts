import type { SqlValue } from '@mon/core'
import SQLite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { addHistory, addHourlySamples } from '../../migrations.js'
import { createRowCounter } from './count-rows.js'
import { readCsvPart } from './csv-part.js'
import { readPage } from './page.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 0, 1) / 1000
const HOURS = 400
const SERVERS = 60

const filter = { server_ids: [], from: BEGIN, to: BEGIN + HOURS * HOUR }
const page = {
  filter,
  order: { sort: 'ts', direction: 'desc' } as const,
  columns: ['cpu_pct_avg'],
  limit: 100,
  offset: 0,
  after: null,
}
const csv = { filter, direction: 'asc', columns: ['cpu_pct_avg'], per_card: false } as const
const deep = { value: null, ts: BEGIN + 200 * HOUR, server_id: 30 }
const week = { ...filter, from: BEGIN + 100 * HOUR, to: BEGIN + 268 * HOUR }

// An ANALYZE is what makes SQLite choose a skip-scan.
describe.each(['before', 'after'])('%s ANALYZE', (when) => {
  const database = new SQLite(':memory:')
  const plans: string[] = []
  const connection = {
    rows(sql: string, parameters: readonly SqlValue[] = []): SqlValue[][] {
      const explain = database.prepare<SqlValue[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      plans.push(
        explain
          .all(...parameters)
          .map(({ detail }) => detail)
          .join('; '),
      )
      return database
        .prepare<SqlValue[], SqlValue[]>(sql)
        .raw(true)
        .all(...parameters)
    },
  }

  beforeAll(() => {
    database.exec('CREATE TABLE servers (id INTEGER PRIMARY KEY, name TEXT)')
    for (const statement of [...addHourlySamples.up, ...addHistory.up]) database.exec(statement)
    const count = (limit: number) =>
      `(WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c LIMIT ${limit}) SELECT n FROM c)`
    database.exec(`
      INSERT INTO servers SELECT n + 1, 'gpu-' || n FROM ${count(SERVERS)};
      INSERT INTO samples_hourly (server_id, ts, samples, cpu_pct_avg)
        SELECT s.n + 1, ${BEGIN} + h.n * ${HOUR}, 720, (h.n * 7 + s.n) % 100
        FROM ${count(HOURS)} h CROSS JOIN ${count(SERVERS)} s;`)
    if (when === 'after') database.exec('ANALYZE')
  })

  function plansOf(work: () => unknown): string[] {
    plans.length = 0
    work()
    const ofRows = plans.filter((plan) => /samples_hourly/.test(plan) && !/SCALAR/.test(plan))
    expect(ofRows.filter((plan) => /ANY\(/.test(plan))).toEqual([])
    return ofRows
  }

  it.each([
    ['the newest of all', {}],
    ['a page from a position', { after: deep }],
    ['many servers', { filter: { ...week, server_ids: [1, 2, 3, 4, 5, 6, 7, 8, 9] } }],
    ['a metric over a week', { filter: week, order: { sort: 'cpu_pct_avg', direction: 'desc' } }],
  ] as const)('%s: by the index of time', (_, query) => {
    const [plan] = plansOf(() => readPage(connection, { ...page, ...query }))
    expect(plan).toMatch(
      /^SEARCH samples_hourly USING (COVERING )?INDEX samples_hourly_by_time \(ts>\? AND ts<\?\)/,
    )
    if (!('order' in query)) expect(plan).toContain('USE TEMP B-TREE FOR LAST TERM OF ORDER BY')
  })

  it('one server: by its own index, where nothing is sorted', () => {
    const query = { ...page, filter: { ...week, server_ids: [3] } }
    const [plan] = plansOf(() => readPage(connection, query))
    expect(plan).toMatch(/sqlite_autoindex_samples_hourly_1 \(server_id=\? AND ts>\? AND ts<\?\)/)
  })

  it('a metric over all time: the table as it lies, and no index', () => {
    const order = { sort: 'cpu_pct_avg', direction: 'asc' } as const
    const [plan] = plansOf(() => readPage(connection, { ...page, order }))
    expect(plan).toMatch(/^SCAN samples_hourly; USE TEMP B-TREE FOR ORDER BY$/)
  })

  it('an export: by the index of time, taking up where it was, sorting nothing', () => {
    for (const after of [null, deep]) {
      const found = plansOf(() => readCsvPart(connection, { ...csv, after }))
      expect(new Set(found)).toEqual(
        new Set(['SEARCH samples_hourly USING INDEX samples_hourly_by_time (ts>? AND ts<?)']),
      )
    }
  })

  it('counting: from an index alone', () => {
    const counter = createRowCounter(connection)
    const found = plansOf(() => expect(counter.count(filter)).toBe(SERVERS * HOURS))
    expect(found.every((plan) => plan.includes('COVERING INDEX samples_hourly_by_time'))).toBe(true)
    counter.changed(BEGIN, BEGIN + HOUR)
    expect(counter.count(filter)).toBe(SERVERS * HOURS)
    expect(counter.count({ ...week, server_ids: [3, 4] })).toBe(2 * 168)
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf } from '../../columns.js'
import { createBacklog } from '../store/backlog.js'
import { createChanges } from '../store/changes.js'
import { createHourStore } from '../store/hour-store.js'
import { createWriter } from '../store/writer.js'
import { startHistory } from '../testdata/history-host.js'
import { latestWith } from '../testdata/readings.js'
import { createRollup } from './rollup.js'

const columns = columnsOf([
  {
    name: 'cpu_pct',
    unit: 'percent',
    label: { en: 'CPU', 'zh-CN': 'CPU' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'gpu_mem_total_mb',
    unit: 'mebibytes',
    label: { en: 'Memory', 'zh-CN': '显存' },
    hourly: ['last'],
  },
])
const INTERVAL_S = 300
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const BEGIN = Date.UTC(2026, 2, 1, 10)

interface Reading {
  run: number
  wall: number
  monotonic: number
  cpu: number | null
  total: number | null
  /** Each card: uuid, and its utilisation. */
  cards: [string, number | null][]
}

const value = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 100, noNaN: true }))
const cards = fc.uniqueArray(fc.tuple(fc.constantFrom('GPU-a', 'GPU-b', 'GPU-c'), value), {
  selector: ([uuid]) => uuid,
  maxLength: 3,
})
const event = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('reading' as const),
      // Outages are gaps.
      after: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 10 * MINUTE }) },
        { weight: 2, arbitrary: fc.integer({ min: 10 * MINUTE, max: 25 * MINUTE }) },
        { weight: 1, arbitrary: fc.integer({ min: 25 * MINUTE, max: 5 * HOUR }) },
      ),
      cpu: value,
      total: value,
      cards,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'crash' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('set the clock' as const),
      by: fc.oneof(
        fc.integer({ min: -MINUTE, max: MINUTE }),
        fc.integer({ min: -90 * MINUTE, max: -2 * MINUTE }),
        fc.integer({ min: -3 * HOUR, max: 10 * HOUR }),
      ),
    }),
  },
)

/** What must stand in the table, worked out from the list of readings alone. */
function expected(readings: readonly Reading[]) {
  const rows = new Map<number, { samples: number; row: Record<string, unknown> }>()
  const passes: { ts: number; last: number; readings: (Reading & { weight: number })[] }[] = []
  let held: typeof passes = []
  readings.forEach((reading, place) => {
    const ts = Math.floor(reading.wall / HOUR) * 3600
    const before = readings[place - 1]
    const since =
      before?.run === reading.run ? (reading.monotonic - before.monotonic) / 1000 : Infinity
    const stands = since <= 3 * INTERVAL_S ? since : INTERVAL_S
    const weight = Math.max(0.001, Math.min(stands, (reading.wall - ts * 1000) / 1000))
    const goesOn = held.find((pass) => pass.ts === ts && reading.wall >= pass.last - MINUTE)
    const pass = goesOn ?? { ts, last: 0, readings: [] }
    if (goesOn === undefined) passes.push(pass)
    pass.last = reading.wall
    pass.readings.push({ ...reading, weight })
    held = [...held.filter((other) => other.ts !== ts), pass].slice(-2)
  })
  for (const { ts, readings } of passes) {
    if (readings.length < (rows.get(ts)?.samples ?? 0)) continue
    const uuids = [...new Set(readings.flatMap(({ cards }) => cards.map(([uuid]) => uuid)))]
    const utils = uuids.map((uuid) =>
      readings.flatMap(({ cards, weight }) =>
        cards.flatMap(([name, value]) => (name === uuid ? [{ value, weight }] : [])),
      ),
    )
    rows.set(ts, {
      samples: readings.length,
      row: {
        ts,
        samples: readings.length,
        cpu_pct_avg: average(readings.map(({ cpu, weight }) => ({ value: cpu, weight }))),
        cpu_pct_max: greatest(readings.map(({ cpu }) => cpu)),
        gpu_mem_total_mb: readings.findLast(({ total }) => total !== null)?.total ?? null,
        cards: uuids.map((uuid, place) => ({
          uuid,
          samples: utils[place]?.length,
          util_pct_avg: average(utils[place] ?? []),
          util_pct_max: greatest((utils[place] ?? []).map(({ value }) => value)),
        })),
      },
    })
  }
  return [...rows.values()].map(({ row }) => row).sort((a, b) => Number(a.ts) - Number(b.ts))
}

function average(values: { value: number | null; weight: number }[]): unknown {
  const known = values.flatMap(({ value, weight }) => (value === null ? [] : { value, weight }))
  if (known.length === 0) return null
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const mean = known.reduce((sum, { value, weight }) => sum + (value * weight) / total, 0)
  return expect.closeTo(mean, 5)
}

function greatest(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

it('Hours equal what is worked out from their readings, through outages, restarts, crashes, set clocks, unknown values and swapped cards', async () => {
  const host = await startHistory()
  const store = createHourStore(host.ctx.database, columns)
  let servers = 0

  const start = async () => {
    const backlog = createBacklog(1e9)
    const rollup = createRollup({
      fields: new Map(columns.map(({ metric, field }) => [metric, field])),
      onEnd: (hour) => backlog.add(store.endedHour(hour)),
    })
    rollup.load(await store.load())
    const log = { info() {}, error() {} }
    return { rollup, ...createWriter({ rollup, backlog, store, changes: createChanges(), log }) }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 60 }), async (events) => {
      const server_id = await host.addServer(`gpu-${++servers}`)
      let running = await start()
      let run = 0
      let monotonic = 0
      let offset = BEGIN
      let written: Reading[] = []
      let readings: Reading[] = []
      const write = async () => {
        await running.flush()
        written = [...readings]
      }
      for (const event of events) {
        if (event.kind === 'write') await write()
        else if (event.kind === 'set the clock') offset += event.by
        else if (event.kind === 'reading') {
          monotonic += event.after
          const { cpu, total, cards } = event
          readings.push({ run, wall: offset + monotonic, monotonic, cpu, total, cards })
          const gpus = cards.map(([uuid, util_pct], index) => ({ index, uuid, util_pct }))
          running.rollup.add({
            server_id,
            latest: latestWith({ cpu_pct: cpu, gpu_mem_total_mb: total, gpus }),
            received_at: offset + monotonic,
            monotonic_ms: monotonic,
            interval_s: INTERVAL_S,
          })
        } else {
          if (event.kind === 'restart') await write()
          // What was not written is lost.
          readings = [...written]
          run += 1
          running = await start()
        }
      }
      await write()
      const rows = await host.rows(`server_id = ${server_id}`)
      const shown = rows.map(({ gpu_details, ...row }) => ({
        ...row,
        cards: typeof gpu_details === 'string' ? JSON.parse(gpu_details) : [],
      }))
      expect(shown).toMatchObject(expected(readings))
      expect(shown).toHaveLength(expected(readings).length)
      await host.request('DELETE', `/api/servers/${server_id}`)
      expect(await host.rows(`server_id = ${server_id}`)).toEqual([])
    }),
    { numRuns: 80 },
  )
}, 60_000)

import { describe, expect, it } from 'vitest'
import { fill } from '../testdata/fill.js'
import { startHistory } from '../testdata/history-host.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 2, 1) / 1000

async function startFilled() {
  const host = await startHistory()
  await host.addServer('gpu-01')
  await host.addServer('gpu-02')
  const hours = Array.from({ length: 240 }, (_, hour) => hour)
  // Two hours of an outage, one peak, and a server that came later.
  await fill(
    host,
    hours
      .filter((hour) => hour !== 100 && hour !== 101)
      .map((hour) => ({
        server_id: 1,
        ts: BEGIN + hour * HOUR,
        cpu_pct_avg: hour % 2 === 0 ? 10 : 20,
        cpu_pct_max: hour === 57 ? 99 : 30,
      })),
  )
  await fill(
    host,
    hours.slice(200).map((hour) => ({ server_id: 2, ts: BEGIN + hour * HOUR, cpu_pct_avg: 5 })),
  )
  const series = async (query: string) => {
    const response = await fetch(`${host.url}/api/history/series?${query}`)
    return { status: response.status, body: await response.json() }
  }
  return { host, series }
}

const range = `from=${BEGIN}&to=${BEGIN + 240 * HOUR}`

describe('GET /api/history/series', () => {
  it('has every hour where that is no more than is asked for, and null where there is none', async () => {
    const { series } = await startFilled()
    const { body } = await series(`server_id=1&server_id=2&fields=cpu_pct_avg,cpu_pct_max&${range}`)
    expect(body).toMatchObject({ from: BEGIN, to: BEGIN + 240 * HOUR, step_s: HOUR })
    expect(body.ts).toHaveLength(240)
    expect(body.series).toHaveLength(4)
    const [cpu, max, other] = body.series
    expect(cpu).toMatchObject({ server_id: 1, field: 'cpu_pct_avg' })
    expect(cpu).not.toHaveProperty('min')
    expect(cpu.values.slice(99, 103)).toEqual([20, null, null, 10])
    expect(max.values[57]).toBe(99)
    expect(other.values.filter((value: unknown) => value !== null)).toHaveLength(40)
  })

  it('is thinned to the points of a screen, where no peak is hidden and gaps are told', async () => {
    const { series } = await startFilled()
    const { body } = await series(`server_id=1&fields=cpu_pct_max,cpu_pct_avg&points=25&${range}`)
    expect(body.step_s).toBe(10 * HOUR)
    expect(body.ts.length).toBeLessThanOrEqual(25)
    const [max, avg] = body.series
    expect(Math.max(...max.values)).toBe(99)
    expect(Math.max(...max.max)).toBe(99)
    const whole = avg.hours.indexOf(10)
    expect([avg.values[whole], avg.min[whole], avg.max[whole]]).toEqual([15, 10, 20])
    const places = body.ts.flatMap((ts: number, place: number) =>
      ts <= BEGIN + 101 * HOUR && ts + body.step_s > BEGIN + 100 * HOUR ? [place] : [],
    )
    const held = places.map((place: number) => avg.hours[place])
    expect(held.some((hours: number) => hours < 10)).toBe(true)
  })

  it('refuses what it cannot answer, and says what is allowed', async () => {
    const { series } = await startFilled()
    const refusals = [
      ['fields=cpu_pct_avg', 'query.server_id is required'],
      ['server_id=1&fields=nothing', 'query.fields must be of cpu_pct_avg'],
      ['server_id=1', 'query.fields must NOT have fewer than 1 items'],
      ['server_id=1&fields=cpu_pct_avg&points=5', 'query.points must be >= 10 (got 5)'],
      ['server_id=1&fields=cpu_pct_avg&from=9&to=1', 'query.from must be before query.to'],
    ]
    for (const [query, words] of refusals) {
      const { status, body } = await series(String(query))
      expect([status, body.detail], query).toEqual([400, expect.stringContaining(String(words))])
    }
  })
})

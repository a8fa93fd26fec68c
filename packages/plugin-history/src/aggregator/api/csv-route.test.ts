import { describe, expect, it } from 'vitest'
import { cardKeys, localTime } from '../reading/csv-rows.js'
import { CardHour } from '../rollup/cards.js'
import { exportMuch } from '../testdata/export-much.js'
import { fill } from '../testdata/fill.js'
import { type HistoryHost, startHistory } from '../testdata/history-host.js'

const HOUR = 3600
const BEGIN = Date.UTC(2026, 2, 1) / 1000
const path = '/api/history/hourly.csv'

async function linesOf(host: HistoryHost, query = ''): Promise<string[][]> {
  const response = await fetch(`${host.url}${path}?${query}`)
  expect(response.status).toBe(200)
  const text = Buffer.from(await response.arrayBuffer()).toString()
  expect(text.startsWith('\uFEFF')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const lines = text.slice(1).split('\r\n').slice(0, -1)
  return lines.map((line) => line.split(','))
}

describe('GET /api/history/hourly.csv', () => {
  it('is the whole filter in the order of time, for spreadsheets and for programs', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    await host.addServer('=1+1')
    await fill(host, [
      { server_id: 2, ts: BEGIN + HOUR, cpu_pct_avg: -1.5 },
      { server_id: 1, ts: BEGIN, cpu_pct_avg: 1e21, cpu_pct_max: null },
      { server_id: 1, ts: BEGIN + 2 * HOUR },
    ])
    const [header, ...rows] = await linesOf(host, `to=${BEGIN + 2 * HOUR}`)
    expect(header?.slice(0, 5)).toEqual(['server_id', 'server', 'time', 'ts', 'cpu_pct_avg'])
    expect(rows.map((row) => row.slice(0, 6))).toEqual([
      ['1', 'gpu-01', localTime(BEGIN), String(BEGIN), '1e+21', ''],
      ['2', "'=1+1", localTime(BEGIN + HOUR), String(BEGIN + HOUR), '-1.5', ''],
    ])
    expect(await linesOf(host, 'fields=samples,ts&order=desc&server_id=1')).toEqual([
      ['server_id', 'server', 'time', 'ts', 'samples'],
      ['1', 'gpu-01', localTime(BEGIN + 2 * HOUR), String(BEGIN + 2 * HOUR), '720'],
      ['1', 'gpu-01', localTime(BEGIN), String(BEGIN), '720'],
    ])
    expect(await linesOf(host, 'to=0')).toHaveLength(1)
  })

  it('quotes what would break a line, and runs no formula', async () => {
    const host = await startHistory()
    for (const name of ['a,"b"', '@SUM(A1)', '+1', '-2', '训练-03']) {
      const id = await host.addServer(name)
      await fill(host, [{ server_id: id, ts: BEGIN }])
    }
    const text = await (await fetch(`${host.url}${path}?fields=samples`)).text()
    const names = [...text.matchAll(/^\d+,(.*),\d{4}-/gm)].map(([, name]) => name)
    expect(names).toEqual(['"a,""b"""', "'@SUM(A1)", "'+1", "'-2", '训练-03'])
  })

  it('has a row for each card where that is asked for', async () => {
    const host = await startHistory()
    await host.addServer('gpu-01')
    const card = (uuid: string, util_pct_max: number) => ({ uuid, index: 0, util_pct_max })
    await fill(host, [
      { server_id: 1, ts: BEGIN, gpu_details: JSON.stringify([card('a', 1), card('b', 2)]) },
      { server_id: 1, ts: BEGIN + HOUR, gpu_details: 'not JSON' },
    ])
    const [header = [], ...rows] = await linesOf(host, 'gpu=1&fields=samples')
    expect(header.slice(5)).toEqual(cardKeys.map((key) => `card_${key}`))
    expect([...cardKeys].sort()).toEqual(Object.keys(CardHour.properties).sort())
    const cell = (row: string[], name: string) => row[header.indexOf(name)]
    expect(rows.map((row) => [cell(row, 'card_uuid'), cell(row, 'card_util_pct_max')])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['', ''],
    ])
  })

  it('is named after what is in it', async () => {
    const host = await startHistory()
    await host.addServer('训练/03')
    const name = async (query: string) =>
      (await fetch(`${host.url}${path}?${query}`)).headers.get('content-disposition')
    expect(await name('')).toBe(
      'attachment; filename="mon-history_all-servers.csv"; ' +
        "filename*=UTF-8''mon-history_all-servers.csv",
    )
    expect(await name(`server_id=1&from=${BEGIN}`)).toBe(
      'attachment; filename="mon-history_---03_from-20260301T0000Z.csv"; ' +
        "filename*=UTF-8''mon-history_%E8%AE%AD%E7%BB%83-03_from-20260301T0000Z.csv",
    )
  })

  it('tells a time with the offset of the centre', () => {
    expect(localTime(BEGIN)).toMatch(/^2026-0[23]-\d\dT\d\d:00:00[+-]\d\d:\d\d$/)
    expect(Date.parse(localTime(BEGIN))).toBe(BEGIN * 1000)
  })
})

it('An export streams in flat memory, ends when its client leaves, and one that stalls harms nobody', async () => {
  await exportMuch(100)
}, 60_000)

import { expect, test } from 'vitest'
import { sampleSnapshot } from '../snapshot/testdata/sample-snapshot.js'
import { createLatest } from './latest.js'

const snapshot = { ...sampleSnapshot, uptime_s: null }

test('a summary keeps scalar fields, unknown ones and those of plugins too, and leaves the rest out', () => {
  const latest = createLatest()
  latest.set(1, { ...snapshot, open_files: 12, kernel: '6.12', peaks: [1], cgroups: { a: 1 } })
  const { disks, collectors, ...scalars } = snapshot
  expect(latest.summary(1)).toEqual({
    ...scalars,
    open_files: 12,
    kernel: '6.12',
    collectors: {},
  })
})

test('a summary names the collectors that failed, and why', () => {
  const latest = createLatest()
  const failed = { ok: false, age_s: 12, code: 'COLLECTOR_FAILED', message: 'no sensor' }
  latest.set(1, { ...snapshot, collectors: { ...snapshot.collectors, fans: failed } })
  expect(latest.summary(1)?.collectors).toEqual({
    fans: { ok: false, code: 'COLLECTOR_FAILED', message: 'no sensor' },
  })
})

test('a card in summary keeps what an overview shows', () => {
  const latest = createLatest()
  const card = {
    index: 0,
    uuid: 'GPU-1',
    name: 'A100',
    util_pct: 55,
    mem_used_mb: 1,
    mem_total_mb: 2,
    temperature_c: null,
    power_w: 300,
    state: 'ok',
    hot: null,
    free: true,
  }
  latest.set(1, {
    ...snapshot,
    gpus: [{ ...card, ...{ processes: [], fan_pct: 3 } }, { index: 1 }],
  })
  expect(latest.summary(1)?.gpus).toEqual([card, { index: 1 }])
})

test('the newest snapshot counts, until the server is gone', () => {
  const latest = createLatest()
  latest.set(1, snapshot)
  expect(latest.summary(1)).toMatchObject({ cpu_pct: 12.3 })
  latest.set(1, { ...snapshot, cpu_pct: 50 })
  expect(latest.summary(1)).toMatchObject({ cpu_pct: 50 })
  expect(latest.get(1)).toMatchObject({ cpu_pct: 50 })
  latest.delete(1)
  expect(latest.get(1)).toBeUndefined()
  expect(latest.summary(1)).toBeUndefined()
})

import { Ajv } from 'ajv'
import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { type LatestSnapshot, Snapshot, systemFields } from '../snapshot/snapshot.js'
import { sampleSnapshot } from '../snapshot/testdata/sample-snapshot.js'
import { createSnapshotCheck, isDegraded } from './check-snapshot.js'

const check = createSnapshotCheck([
  {
    plugin: 'open-files',
    fields: { open_files: Type.Integer(), limits: Type.Array(Type.Number()) },
  },
])

const sent = {
  ...sampleSnapshot,
  gpus: [{ index: 0, name: 'A100', processes: [{ pid: 1 }] }],
  collectors: { ...sampleSnapshot.collectors, 'open-files': { ok: true, age_s: 0 } },
  open_files: 1234,
  limits: [1, 2],
}

function accepted(received: unknown, checkSnapshot = check): LatestSnapshot {
  const checked = checkSnapshot(received)
  if (!checked.ok) throw new Error(checked.error.message)
  return checked.snapshot
}

test('a snapshot as our agent sends it passes whole', () => {
  expect(accepted(sent)).toEqual(sent)
})

test('an agent of version 1.0, which sends less, passes: what it leaves out is null', () => {
  const snapshot = accepted({ ts: 1, hostname: 'old', cpu_pct: 5, gpus: [{ index: 0 }] })
  expect(snapshot).toMatchObject({ cpu_pct: 5, mem_pct: null, open_files: null, disks: null })
  expect(snapshot).toMatchObject({ gpus: [{ index: 0 }], collectors: {} })
  expect(isDegraded(snapshot)).toBe(false)
})

test.each([
  ['a list', []],
  ['null', null],
  ['text', 'snapshot'],
  ['no ts', { hostname: 'x' }],
  ['ts as text', { ts: '1', hostname: 'x' }],
  ['an endless ts', { ts: Number.POSITIVE_INFINITY, hostname: 'x' }],
  ['no hostname', { ts: 1 }],
  ['hostname as number', { ts: 1, hostname: 5 }],
])('%s is not a snapshot', (_, received) => {
  expect(check(received)).toMatchObject({ ok: false, error: { code: 'AGENT_INVALID_SNAPSHOT' } })
})

test('a field of the wrong type is null, its owner says why, and the others are kept', () => {
  const snapshot = accepted({ ...sent, open_files: 'many', limits: [1, 'x'] })
  expect(snapshot).toEqual({
    ...sent,
    open_files: null,
    limits: null,
    collectors: {
      ...sent.collectors,
      'open-files': {
        ok: false,
        age_s: 0,
        code: 'COLLECTOR_INVALID',
        message: 'open_files must be integer; limits.1 must be number',
      },
    },
  })
  expect(isDegraded(snapshot)).toBe(true)
})

test('a wrong system field is the system collector’s fault', () => {
  const { disks, collectors } = accepted({ ...sent, disks: [{ mount: 5 }] })
  expect(disks).toBeNull()
  expect(collectors.system).toMatchObject({ ok: false, code: 'COLLECTOR_INVALID', ms: 1 })
})

test('fields that nobody declared are dropped', () => {
  expect(accepted({ ...sent, extra: 1, toString: 2 })).toEqual(sent)
})

test('gpus are null or a list of cards, which pass with all they have', () => {
  expect(accepted({ ...sent, gpus: null }).gpus).toBeNull()
  const wrong = accepted({ ...sent, gpus: [{ name: 'no index' }] })
  expect(wrong.gpus).toBeNull()
  expect(wrong.collectors.gpus).toMatchObject({ ok: false, code: 'COLLECTOR_INVALID' })
})

test('a plugin that declares gpus decides what a card is', () => {
  const Card = Type.Object({ index: Type.Integer(), util_pct: Type.Number() })
  const withGpus = createSnapshotCheck([
    { plugin: 'gpu-nvidia', fields: { gpus: Type.Array(Card) } },
  ])
  const good = [{ index: 0, util_pct: 5, uuid: 'GPU-1' }]
  expect(accepted({ ...sent, gpus: good }, withGpus).gpus).toEqual(good)
  expect(accepted({ ...sent, gpus: null }, withGpus).gpus).toBeNull()
  const { gpus, collectors } = accepted(sent, withGpus)
  expect(gpus).toBeNull()
  expect(collectors['gpu-nvidia']).toMatchObject({ code: 'COLLECTOR_INVALID' })
})

test('a collector whose health cannot be read is not ok, and strange names are dropped', () => {
  const { collectors } = accepted({
    ...sent,
    collectors: JSON.parse('{"a":5,"b":{"ok":true,"age_s":1,"x":1},"__proto__":{"ok":true},"":{}}'),
  })
  expect(collectors).toEqual({
    a: expect.objectContaining({ ok: false, code: 'COLLECTOR_INVALID' }),
    b: { ok: true, age_s: 1 },
  })
})

test('long text is cut', () => {
  expect(accepted({ ...sent, hostname: 'x'.repeat(1e6) }).hostname.length).toBeLessThan(5000)
})

const isSnapshot = new Ajv({ strict: false }).compile(Snapshot)
const known = [...Object.keys(Snapshot.properties), 'open_files', 'limits'].sort()

/** Any JSON in any known field, and hostile ones beside. */
const hostile = fc
  .dictionary(fc.constantFrom(...known, '__proto__', 'constructor', 'extra'), fc.jsonValue())
  .map((fields) => ({ ts: 1, hostname: 'x', ...fields }))

test('any JSON at all is checked without throwing, and what passes is a snapshot', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), hostile), (value) => {
      const received: unknown = JSON.parse(JSON.stringify(value))
      const before = JSON.stringify(received)
      const checked = check(received)
      expect(JSON.stringify(received)).toBe(before)
      if (!checked.ok) return
      expect(isSnapshot(checked.snapshot)).toBe(true)
      expect(Object.keys(checked.snapshot).sort()).toEqual(known)
      expect(Object.getPrototypeOf(checked.snapshot)).toBe(Object.prototype)
    }),
    { numRuns: 1000 },
  )
})

test('whichever fields are wrong, exactly those are null', () => {
  const fields = Object.keys(systemFields)
  fc.assert(
    fc.property(fc.subarray(fields), (wrong) => {
      const snapshot = accepted({ ...sent, ...Object.fromEntries(wrong.map((f) => [f, {}])) })
      for (const field of fields) expect(snapshot[field] === null).toBe(wrong.includes(field))
      expect(snapshot.collectors.system?.ok).toBe(wrong.length === 0)
    }),
  )
})

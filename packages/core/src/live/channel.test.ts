import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Channel, createChannel } from './channel.js'
import type { ServerFields } from './delta.js'
import { applyEvent, type HeldFleet, withoutNulls } from './held-fleet.js'

function open(fleet: Map<number, ServerFields>): Channel {
  let seq = 0
  return createChannel({
    ids: fleet.keys(),
    view: (id) => fleet.get(id),
    nextEventId: () => `boot-${seq++}`,
  })
}

function read(frames: Buffer | undefined): { id: string; event: string; data: unknown }[] {
  return String(frames ?? '')
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [id, event, data] = frame.split('\n').map((line) => line.slice(line.indexOf(': ') + 2))
      return { id: id ?? '', event: event ?? '', data: JSON.parse(data ?? 'null') }
    })
}

const server = (id: number, cpu_pct: number) => ({ id, state: 'online', latest: { cpu_pct } })

test('a fleet given between two deltas is as of the first, so the second fits it', () => {
  const fleet = new Map([[1, server(1, 10)]])
  const channel = open(fleet)
  fleet.set(1, server(1, 20))
  channel.changed(1)
  expect(read(channel.fleet())).toMatchObject([{ id: 'boot-0', data: [server(1, 10)] }])

  fleet.set(1, server(1, 10))
  expect(channel.flush()).toBeUndefined()
})

test('a server that came and went between two events is never told of', () => {
  const fleet = new Map<number, ServerFields>()
  const channel = open(fleet)
  fleet.set(7, server(7, 10))
  channel.changed(7)
  fleet.delete(7)
  expect(channel.flush()).toBeUndefined()
})

test('events are resumed while that costs less than the fleet', () => {
  const fleet = new Map([1, 2, 3].map((id) => [id, server(id, 0)]))
  const channel = open(fleet)
  const [{ id: first } = { id: '' }] = read(channel.fleet())
  const change = (cpu_pct: number) => {
    fleet.set(1, server(1, cpu_pct))
    channel.changed(1)
    return read(channel.flush())
  }
  expect(channel.since(first)).toHaveLength(0)
  const one = change(1)
  const two = change(2)
  expect(read(channel.since(first))).toEqual([...one, ...two])
  expect(read(channel.since(one[0]?.id ?? ''))).toEqual(two)
  expect(channel.since('another-boot-1')).toBeUndefined()

  for (let cpu_pct = 3; cpu_pct < 20; cpu_pct += 1) change(cpu_pct)
  expect(channel.since(first)).toBeUndefined()
})

const id = fc.integer({ min: 1, max: 4 })
const step = fc.oneof(
  fc.record({ do: fc.constant('change' as const), id, cpu_pct: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('delete' as const), id }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('join' as const) }),
  fc.record({ do: fc.constant('leave' as const) }),
  fc.record({ do: fc.constant('resume' as const) }),
)

test('whoever joins, leaves and resumes when, in the end everyone holds the fleet', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const fleet = new Map<number, ServerFields>([[1, server(1, 0)]])
      const channel = open(fleet)
      const readers: { held: HeldFleet; last: string }[] = []
      const gone: { held: HeldFleet; last: string }[] = []
      const give = (reader: { held: HeldFleet; last: string }, frames: Buffer | undefined) => {
        for (const { id, event, data } of read(frames)) {
          applyEvent(reader.held, event, data)
          reader.last = id
        }
      }
      const flush = () => {
        const frame = channel.flush()
        for (const reader of readers) give(reader, frame)
      }
      for (const step of steps) {
        switch (step.do) {
          case 'change':
            fleet.set(step.id, server(step.id, step.cpu_pct))
            channel.changed(step.id)
            break
          case 'delete':
            fleet.delete(step.id)
            channel.changed(step.id)
            break
          case 'flush':
            flush()
            break
          case 'join': {
            const reader = { held: new Map(), last: '' }
            give(reader, channel.fleet())
            readers.push(reader)
            break
          }
          case 'leave': {
            const reader = readers.shift()
            if (reader !== undefined) gone.push(reader)
            break
          }
          case 'resume': {
            const reader = gone.shift()
            if (reader === undefined) break
            give(reader, channel.since(reader.last) ?? channel.fleet())
            readers.push(reader)
          }
        }
      }
      flush()
      const plain = (held: Map<number, ServerFields>) =>
        new Map(
          [...held].sort(([a], [b]) => a - b).map(([id, fields]) => [id, withoutNulls(fields)]),
        )
      for (const { held } of readers) expect(plain(held)).toEqual(plain(fleet))
    }),
    { numRuns: 300 },
  )
})

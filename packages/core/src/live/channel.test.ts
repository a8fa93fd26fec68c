import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Channel, createChannel } from './channel.js'
import type { ServerFields } from './delta.js'
import type { Frame } from './frame.js'
import { gzipHeader } from './gzip.js'
import { applyEvent, type HeldFleet, withoutNulls } from './held-fleet.js'
import { unzipOpen } from './unzip-open.js'

function open(fleet: Map<number, ServerFields>): Channel {
  let seq = 0
  return createChannel({
    ids: fleet.keys(),
    view: (id) => fleet.get(id),
    nextEventId: () => `boot-${seq++}`,
  })
}

interface Event {
  id: string
  event: string
  data: unknown
}

function parse(text: Buffer): Event[] {
  return String(text)
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => {
      const [id, event, data] = frame.split('\n').map((line) => line.slice(line.indexOf(': ') + 2))
      return { id: id ?? '', event: event ?? '', data: JSON.parse(data ?? 'null') }
    })
}

const read = (...frames: (Frame | undefined)[]) =>
  parse(Buffer.concat(frames.map((frame) => frame?.plain ?? Buffer.alloc(0))))

/** The same as `read`, as one sees it who joined before these frames. */
async function readGzip(...frames: (Frame | undefined)[]): Promise<Event[]> {
  const parts = await Promise.all(frames.map(async (frame) => frame?.gzip() ?? Buffer.alloc(0)))
  return parse(unzipOpen(Buffer.concat([gzipHeader, ...parts])))
}

const server = (id: number, cpu_pct: number) => ({ id, state: 'online', latest: { cpu_pct } })

test('a fleet given between two deltas is as of the first, so the second fits it', async () => {
  const fleet = new Map([[1, server(1, 10)]])
  const channel = open(fleet)
  fleet.set(1, server(1, 20))
  channel.changed(1)
  expect(read(await channel.fleet())).toMatchObject([{ id: 'boot-0', data: [server(1, 10)] }])

  fleet.set(1, server(1, 10))
  expect(await channel.flush()).toBeUndefined()
})

test('a server that came and went between two events is never told of', async () => {
  const fleet = new Map<number, ServerFields>()
  const channel = open(fleet)
  fleet.set(7, server(7, 10))
  channel.changed(7)
  fleet.delete(7)
  expect(await channel.flush()).toBeUndefined()
})

test('what changes while an event is made is told by the next', async () => {
  const fleet = new Map([[1, server(1, 10)]])
  const channel = createChannel({
    ids: fleet.keys(),
    view(id) {
      const now = fleet.get(id)
      if (now?.latest.cpu_pct === 20) {
        fleet.set(1, server(1, 30))
        channel.changed(1)
      }
      return now
    },
    nextEventId: () => 'boot',
  })
  fleet.set(1, server(1, 20))
  channel.changed(1)
  expect(read(await channel.flush())).toMatchObject([{ data: { 1: { latest: { cpu_pct: 20 } } } }])
  expect(read(await channel.flush())).toMatchObject([{ data: { 1: { latest: { cpu_pct: 30 } } } }])
})

test('events are resumed while that costs less than the fleet', async () => {
  const fleet = new Map([1, 2, 3].map((id) => [id, server(id, 0)]))
  const channel = open(fleet)
  const [{ id: first } = { id: '' }] = read(await channel.fleet())
  const change = async (cpu_pct: number) => {
    fleet.set(1, server(1, cpu_pct))
    channel.changed(1)
    return read(await channel.flush())
  }
  const since = (eventId: string) => read(...(channel.since(eventId) ?? []))
  expect(channel.since(first)).toEqual([])
  const one = await change(1)
  const two = await change(2)
  expect(since(first)).toEqual([...one, ...two])
  expect(since(one[0]?.id ?? '')).toEqual(two)
  expect(channel.since('another-boot-1')).toBeUndefined()

  for (let cpu_pct = 3; cpu_pct < 20; cpu_pct += 1) await change(cpu_pct)
  expect(channel.since(first)).toBeUndefined()
})

const id = fc.integer({ min: 1, max: 4 })
const step = fc.oneof(
  fc.record({ do: fc.constant('change' as const), id, cpu_pct: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('delete' as const), id }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('join' as const), gzip: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const) }),
  fc.record({ do: fc.constant('resume' as const) }),
)

interface Reader {
  held: HeldFleet
  last: string
  gzip: boolean
}

test('whoever joins, leaves and resumes when, in the end everyone holds the fleet', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const fleet = new Map<number, ServerFields>([[1, server(1, 0)]])
      const channel = open(fleet)
      const readers: Reader[] = []
      const gone: Reader[] = []
      const give = async (reader: Reader, ...frames: (Frame | undefined)[]) => {
        for (const { id, event, data } of reader.gzip
          ? await readGzip(...frames)
          : read(...frames)) {
          applyEvent(reader.held, event, data)
          reader.last = id
        }
      }
      const flush = async () => {
        const frame = await channel.flush()
        for (const reader of readers) await give(reader, frame)
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
            await flush()
            break
          case 'join': {
            const reader = { held: new Map(), last: '', gzip: step.gzip }
            await give(reader, await channel.fleet())
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
            await give(reader, ...(channel.since(reader.last) ?? [await channel.fleet()]))
            readers.push(reader)
          }
        }
      }
      await flush()
      const plain = (held: Map<number, ServerFields>) =>
        new Map(
          [...held].sort(([a], [b]) => a - b).map(([id, fields]) => [id, withoutNulls(fields)]),
        )
      for (const { held } of readers) expect(plain(held)).toEqual(plain(fleet))
    }),
    { numRuns: 200 },
  )
})

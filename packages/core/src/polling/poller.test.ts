import { once } from 'node:events'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ServerEntry } from '../servers/server.js'
import { json, refusedAddress, startLoopbackAgent } from './loopback-agent.js'
import { createPollClient, type PollAnswer } from './poll-client.js'
import { createPoller } from './poller.js'

const snapshot = { ts: 1, hostname: 'gpu-01' }

function entry(id: number, change: Partial<ServerEntry> = {}): ServerEntry {
  return {
    id,
    name: `gpu-${id}`,
    base_url: 'http://127.0.0.1:1',
    tags: [],
    enabled: true,
    poll_interval_s: null,
    ...change,
  }
}

/** A poller over real HTTP; `nextAnswer` resolves with the next one that it hands over. */
function pollForReal(interval_s: number) {
  const client = createPollClient()
  const answers: { server: ServerEntry; answer: PollAnswer }[] = []
  const waiting: (() => void)[] = []
  const logged: unknown[] = []
  let onAnswer = () => {}
  const poller = createPoller<PollAnswer>({
    interval_s,
    poll: (server, signal) => client.poll({ base_url: server.base_url, token: null }, signal),
    onAnswer(server, answer) {
      answers.push({ server, answer })
      for (const resolve of waiting.splice(0)) resolve()
      onAnswer()
    },
    log: { error: (line: unknown) => void logged.push(line) },
  })
  onTestFinished(async () => {
    await poller.stop()
    await client.close()
  })
  return {
    poller,
    answers,
    logged,
    failOn(listener: () => void) {
      onAnswer = listener
    },
    /** Resolves once this many answers of a server are there. */
    async answersOf(id: number, count: number) {
      const mine = () => answers.filter(({ server }) => server.id === id)
      while (mine().length < count) await new Promise<void>((resolve) => waiting.push(resolve))
      return mine().map(({ answer }) => answer)
    },
  }
}

/** A poller on a clock that the test turns; `polls` says what began when. */
function pollOnPaper(interval_s: number, took_ms: number, listener = () => {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const polls: { id: number; began: number; ended: number }[] = []
  const poller = createPoller({
    interval_s,
    async poll({ id }) {
      const poll = { id, began: performance.now(), ended: Number.POSITIVE_INFINITY }
      polls.push(poll)
      await new Promise((resolve) => setTimeout(resolve, took_ms))
      poll.ended = performance.now()
    },
    onAnswer: listener,
    log: { error: () => {} },
  })
  return { poller, polls }
}

test('every server is polled again and again over one connection, dead ones too', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  const { poller, answersOf } = pollForReal(0.02)
  poller.start([
    entry(1, { base_url: agent.base_url }),
    entry(2, { base_url: await refusedAddress() }),
  ])
  const [alive, dead] = await Promise.all([answersOf(1, 5), answersOf(2, 5)])
  expect(alive.every(({ ok }) => ok)).toBe(true)
  expect(dead.some(({ ok }) => ok)).toBe(false)
  expect(agent.connections()).toBe(1)
})

test('a server that never answers holds up no other, and is never asked twice at a time', async () => {
  const mute = await startLoopbackAgent(() => {})
  const agent = await startLoopbackAgent(json(snapshot))
  const { poller, answersOf } = pollForReal(0.01)
  poller.start([entry(1, { base_url: mute.base_url }), entry(2, { base_url: agent.base_url })])
  await answersOf(2, 10)
  expect(mute.requests).toHaveLength(1)
})

test('stop ends what is running, and hands over nothing more', async () => {
  const mute = await startLoopbackAgent(() => {})
  const { poller, answers, logged } = pollForReal(0.01)
  poller.set(entry(1, { base_url: mute.base_url }))
  const [request] = await mute.nextRequest()
  request.socket.on('error', () => {})
  const cut = once(request.socket, 'close')
  await poller.stop()
  await cut
  expect(answers).toEqual([])
  expect(logged).toEqual([])
})

test('a server with a new address is asked there at once, and its old answer is dropped', async () => {
  const mute = await startLoopbackAgent(() => {})
  const agent = await startLoopbackAgent(json(snapshot))
  const { poller, answers, answersOf } = pollForReal(3600)
  poller.set(entry(1, { base_url: mute.base_url }))
  await mute.nextRequest()
  poller.set(entry(1, { base_url: agent.base_url }))
  await answersOf(1, 1)
  expect(answers).toMatchObject([{ server: { base_url: agent.base_url }, answer: { ok: true } }])
})

test('a listener that throws is logged, and polling goes on', async () => {
  const agent = await startLoopbackAgent(json(snapshot))
  const { poller, answersOf, failOn, logged } = pollForReal(0.01)
  failOn(() => {
    throw new Error('listener')
  })
  poller.set(entry(7, { base_url: agent.base_url }))
  await answersOf(7, 3)
  expect(logged[0]).toMatchObject({ server_id: 7, err: { message: 'listener' } })
})

test('after a start the servers are asked one after the other, then spread over the interval', async () => {
  const { poller, polls } = pollOnPaper(5, 1)
  poller.start(Array.from({ length: 100 }, (_, index) => entry(index + 1)))
  await vi.advanceTimersByTimeAsync(500)
  expect(polls.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))

  await vi.advanceTimersByTimeAsync(10_000)
  polls.length = 0
  await vi.advanceTimersByTimeAsync(5_000)
  expect(new Set(polls.map(({ id }) => id)).size).toBe(100)
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    const from = 10_500 + tenth * 500
    return polls.filter(({ began }) => began >= from && began < from + 500).length
  })
  expect(Math.max(...tenths)).toBeLessThanOrEqual(15)
})

test('over an hour a server is polled as often as its interval says', async () => {
  const { poller, polls } = pollOnPaper(5, 37)
  poller.start([entry(1), entry(2, { poll_interval_s: 60 })])
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(Math.abs(polls.filter(({ id }) => id === 1).length - 720)).toBeLessThanOrEqual(1)
  expect(Math.abs(polls.filter(({ id }) => id === 2).length - 60)).toBeLessThanOrEqual(1)
})

test('a server slower than its interval is polled one poll at a time, at most two intervals apart', async () => {
  const { poller, polls } = pollOnPaper(5, 10_000)
  poller.start([entry(1)])
  await vi.advanceTimersByTimeAsync(100_000)
  expect(polls.length).toBeGreaterThan(5)
  for (const [index, { began }] of polls.slice(1).entries()) {
    const before = polls[index]
    expect(began).toBeGreaterThanOrEqual(before?.ended ?? 0)
    expect(began - (before?.began ?? 0)).toBeLessThanOrEqual(10_001)
  }
})

test('a listener that holds everything up for a while does not move the next poll', async () => {
  const blocked = pollOnPaper(1, 10, () => vi.advanceTimersByTime(300))
  blocked.poller.start([entry(1)])
  await vi.advanceTimersByTimeAsync(10_000)
  const free = pollOnPaper(1, 10)
  const from = performance.now()
  free.poller.start([entry(1)])
  await vi.advanceTimersByTimeAsync(10_000)
  const slots = (polls: { began: number }[]) => polls.slice(1).map(({ began }) => began % 1000)
  expect(blocked.polls.length).toBeGreaterThanOrEqual(10)
  expect(free.polls[0]?.began).toBe(from)
  expect(new Set(slots(blocked.polls))).toEqual(new Set(slots(free.polls)))
})

test('a new server is polled at once; a disabled or removed one no more', async () => {
  const { poller, polls } = pollOnPaper(5, 1)
  poller.start([])
  await vi.advanceTimersByTimeAsync(60_000)
  poller.set(entry(1))
  poller.set(entry(2))
  await vi.advanceTimersByTimeAsync(1)
  expect(polls.map(({ id }) => id)).toEqual([1, 2])

  poller.set(entry(1, { enabled: false }))
  poller.remove(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(polls).toHaveLength(2)
})

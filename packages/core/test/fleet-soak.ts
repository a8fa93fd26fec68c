import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { sampleSnapshot } from '../src/snapshot/testdata/sample-snapshot.js'
import { startBuiltAggregator, temporaryDirectory } from './built-aggregator.js'
import { watchCpuWait } from './cpu-wait.js'
import type { FleetCounts, Manner } from './fleet-agents.js'
import { inspect } from './kept-memory.js'

const FLEET = 200
const POLL_INTERVAL_S = 1

/** What each bad manner is called by the aggregator; a slow agent is slow, and nothing else. */
const reasons: Partial<Record<Manner, { code: string; message: RegExp }>> = {
  dead: { code: 'AGENT_UNREACHABLE', message: /Nothing listens at/ },
  mute: { code: 'AGENT_TIMEOUT', message: /did not finish its answer within 10 s/ },
  'not HTTP': { code: 'AGENT_HTTP_ERROR', message: /does not speak HTTP/ },
  'not JSON': { code: 'AGENT_INVALID_SNAPSHOT', message: /did not answer with a JSON object/ },
  oversized: { code: 'AGENT_INVALID_SNAPSHOT', message: /answered with more than 1048576 bytes/ },
  trickling: { code: 'AGENT_TIMEOUT', message: /did not finish its answer within 10 s/ },
  redirecting: { code: 'AGENT_HTTP_ERROR', message: /redirects \(302\)/ },
  'a gzip bomb': { code: 'AGENT_INVALID_SNAPSHOT', message: /did not answer with a JSON object/ },
  'closing in mid-answer': {
    code: 'AGENT_UNREACHABLE',
    message: /closed the connection before its answer was complete/,
  },
}
const badManners: Manner[] = [
  'slow',
  'dead',
  'mute',
  'not HTTP',
  'not JSON',
  'oversized',
  'trickling',
  'redirecting',
  'a gzip bomb',
  'closing in mid-answer',
]

const quicklySeen: Manner[] = [
  'dead',
  'not HTTP',
  'not JSON',
  'oversized',
  'redirecting',
  'a gzip bomb',
  'closing in mid-answer',
]

export interface MemorySample {
  seconds: number
  bytes: number
}

/**
 * A built aggregator polls 200 agents once a second, a third of them bad. Half-way some recover
 * and others turn bad. All along the healthy are polled on time, each bad one is told by its own
 * reason, and the aggregator answers.
 *
 * @returns what the aggregator kept in memory, every few seconds
 */
export async function soakFleet(seconds: number): Promise<MemorySample[]> {
  const directory = await temporaryDirectory()
  // So small that it is full within the first minutes: what then still grows is a leak.
  await writeFile(join(directory, 'aggregator.yaml'), 'live_window_mb: 2', { mode: 0o600 })
  const aggregator = await startBuiltAggregator(directory, [], ['--inspect=127.0.0.1:0'])
  const { url, addServer } = aggregator
  const inspected = await inspect(aggregator.errors())
  const cpuWait = watchCpuWait(aggregator.child.pid)
  onTestFinished(cpuWait.stop)
  const agents = startAgents()
  const memory: MemorySample[] = []

  const first = Array.from({ length: FLEET }, (_, index) => firstManner(index))
  const { agents: ports } = await agents.behave(first)
  for (const [index, { port }] of ports.entries()) {
    const { status } = await addServer(`gpu-${index}`, `http://127.0.0.1:${port}`)
    expect(status).toBe(201)
  }

  await agents.behave(first)
  cpuWait.take()
  await watch(seconds / 2)
  await expect.poll(unexpected(first), { timeout: 30_000, interval: 500 }).toEqual([])
  const second = first.map(secondManner)
  expect(latecomers(await agents.behave(second), first, cpuWait.take())).toEqual([])

  await watch(seconds / 2)
  await expect.poll(unexpected(second), { timeout: 30_000, interval: 500 }).toEqual([])
  const steady = first.map((manner, index) => (manner === second[index] ? manner : 'slow'))
  expect(latecomers(await agents.behave(second), steady, cpuWait.take())).toEqual([])
  inspected.close()
  return memory

  /** Asks the aggregator once a second, as a page that is open. */
  async function watch(duration: number): Promise<void> {
    const started = performance.now() / 1000
    for await (const _ of setInterval(1000)) {
      const { checks, plugins } = JSON.parse(await get('/healthz'))
      expect(checks).toMatchObject({ database: { ok: true } })
      expect(plugins).toMatchObject([{ id: 'system', state: 'ready' }])
      expect(await servers()).toHaveLength(FLEET)
      const now = performance.now() / 1000
      // To collect all garbage takes a while, in which nothing is polled.
      if (now - (memory.at(-1)?.seconds ?? 0) > 5) {
        memory.push({ seconds: now, bytes: await inspected.keptMemory() })
      }
      if (now - started >= duration) return
    }
  }

  async function get(path: string): Promise<string> {
    const response = await fetch(url + path, { signal: AbortSignal.timeout(5000) })
    expect(response.status).toBe(200)
    return response.text()
  }

  async function servers(): Promise<{ state: string; last_error: object | null }[]> {
    return JSON.parse(await get('/api/servers?view=summary'))
  }

  /** The servers that are shown otherwise than their agents behave. */
  function unexpected(manners: readonly Manner[]) {
    return async () =>
      (await servers()).flatMap(({ state, last_error }, index) => {
        const manner = manners[index] ?? 'healthy'
        const reason = reasons[manner]
        const wanted = reason
          ? expect.objectContaining({
              code: reason.code,
              message: expect.stringMatching(reason.message),
              hint: expect.any(String),
            })
          : null
        const isRight = (state === 'online') === (reason === undefined)
        const found = { manner, state, last_error }
        try {
          expect(last_error).toEqual(wanted)
          return isRight ? [] : [found]
        } catch {
          return [found]
        }
      })
  }
}

function firstManner(index: number): Manner {
  return index % 3 === 2
    ? (badManners[Math.floor(index / 3) % badManners.length] ?? 'dead')
    : 'healthy'
}

/** Of those that behave badly some recover, and of the healthy some turn bad, as is seen at once. */
function secondManner(manner: Manner, index: number): Manner {
  if (index % 33 === 2) return 'healthy'
  if (index % 33 === 0) return quicklySeen[index / 33] ?? 'dead'
  return manner
}

/**
 * The healthy agents that were asked too seldom, or once too late. Time in which the aggregator
 * or the agents had no CPU is taken off: a poll that is late by half an interval skips the next.
 */
function latecomers(
  { seconds, stalled_ms, agents }: FleetCounts,
  manners: readonly Manner[],
  wait: { total: number; worst: number },
) {
  const stalled = Math.max(0, stalled_ms / 1000 - 0.5)
  const expected = Math.floor((0.95 * seconds - 2 * (wait.total + stalled)) / POLL_INTERVAL_S) - 1
  const longest = (2 * POLL_INTERVAL_S + 0.25 + 2 * wait.worst + stalled) * 1000
  return agents.filter(
    ({ polls, longest_gap_ms }, index) =>
      manners[index] === 'healthy' && (polls < expected || longest_gap_ms > longest),
  )
}

function startAgents() {
  const program = fileURLToPath(new URL('./fleet-agents.ts', import.meta.url))
  const child: ChildProcess = fork(program, [JSON.stringify(sampleSnapshot)], { execArgv: [] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    async behave(manners: readonly Manner[]): Promise<FleetCounts> {
      const counted = once(child, 'message')
      child.send(manners)
      const [counts] = await counted
      return counts
    },
  }
}

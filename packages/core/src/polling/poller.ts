import type { Logger } from 'pino'
import type { ServerEntry } from '../servers/server.js'
import { nextPoll, phaseOf } from './schedule.js'

export interface PollerOptions<Answer> {
  /** For servers without an interval of their own. */
  interval_s: number
  /** Asks one agent. `signal` aborts when its server is changed or removed, or the poller stops. */
  poll(server: ServerEntry, signal: AbortSignal): Promise<Answer>
  /** Called for each answer, unless its server has been changed or removed meanwhile. */
  onAnswer(server: ServerEntry, answer: Answer): void
  log: Pick<Logger, 'error'>
}

/**
 * Asks every enabled server once in its interval, spread over the interval, never twice at
 * a time.
 */
export interface Poller {
  /** Begins with the fleet as it is, not with all of it at the same moment. */
  start(servers: readonly ServerEntry[]): void
  /** A server was added or changed: it is polled at once. */
  set(server: ServerEntry): void
  remove(serverId: number): void
  /** Aborts what is running; resolves when all of it has ended. */
  stop(): Promise<void>
}

/** At most this often does the first round of a start ask a server, milliseconds. */
const START_GAP_MS = 5

interface Job {
  server: ServerEntry
  interval: number
  phase: number
  timer: NodeJS.Timeout | undefined
  abort: AbortController
}

export function createPoller<Answer>(options: PollerOptions<Answer>): Poller {
  const { poll, onAnswer, log } = options
  const jobs = new Map<number, Job>()
  const running = new Set<Promise<void>>()

  return {
    start(servers) {
      const gap = Math.min(START_GAP_MS, (options.interval_s * 1000) / servers.length)
      for (const [index, server] of servers.entries()) set(server, index * gap)
    },
    set: (server) => set(server, 0),
    remove,
    async stop() {
      for (const id of [...jobs.keys()]) remove(id)
      await Promise.all(running)
    },
  }

  function set(server: ServerEntry, delay: number): void {
    remove(server.id)
    if (!server.enabled) return
    const job: Job = {
      server,
      interval: (server.poll_interval_s ?? options.interval_s) * 1000,
      phase: phaseOf(server.id),
      timer: undefined,
      abort: new AbortController(),
    }
    jobs.set(server.id, job)
    schedule(job, delay)
  }

  function remove(serverId: number): void {
    const job = jobs.get(serverId)
    jobs.delete(serverId)
    clearTimeout(job?.timer)
    job?.abort.abort()
  }

  function schedule(job: Job, delay: number): void {
    job.timer = setTimeout(() => {
      const run = runOnce(job).finally(() => running.delete(run))
      running.add(run)
    }, delay)
  }

  async function runOnce(job: Job): Promise<void> {
    const { signal } = job.abort
    const started = performance.now()
    try {
      const answer = await poll(job.server, signal)
      if (!signal.aborted) onAnswer(job.server, answer)
    } catch (error) {
      // Polling must go on whatever a listener does.
      if (!signal.aborted) log.error({ err: error, server_id: job.server.id }, 'A poll failed')
    }
    const now = performance.now()
    if (!signal.aborted) schedule(job, nextPoll(job, started, now) - now)
  }
}

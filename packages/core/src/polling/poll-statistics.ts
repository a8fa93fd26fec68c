import type { Sample } from '../metrics/exposition.js'
import { createHistogram } from '../metrics/histogram.js'

/** What one poll brought. */
export interface PollOutcome {
  /** How long the answer took; null where there was none. */
  seconds: number | null
  /** Of the error catalogue, where the poll failed; null where it brought a snapshot. */
  failure: string | null
}

/** The polls of one server so far. */
export interface ServerPolls {
  total: number
  failed: number
  /** How long the last answer took; null before the first. */
  last_seconds: number | null
}

/** Counts polls since the start of the process. */
export interface PollStatistics {
  note(serverId: number, outcome: PollOutcome): void
  forget(serverId: number): void
  of(serverId: number): ServerPolls | undefined
  /** Failures of all servers, by code. */
  failures(): ReadonlyMap<string, number>
  /** How long the answers of all servers took, as parts of a histogram in seconds. */
  durations(): Sample[]
}

const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createPollStatistics(): PollStatistics {
  const servers = new Map<number, ServerPolls>()
  const failures = new Map<string, number>()
  const durations = createHistogram(durationBounds)
  return {
    note(serverId, { seconds, failure }) {
      const polls = servers.get(serverId) ?? { total: 0, failed: 0, last_seconds: null }
      servers.set(serverId, polls)
      polls.total += 1
      if (seconds !== null) {
        polls.last_seconds = seconds
        durations.observe(seconds)
      }
      if (failure !== null) {
        polls.failed += 1
        failures.set(failure, (failures.get(failure) ?? 0) + 1)
      }
    },
    forget: (serverId) => void servers.delete(serverId),
    of: (serverId) => servers.get(serverId),
    failures: () => failures,
    durations: durations.samples,
  }
}

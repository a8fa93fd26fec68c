import type { SystemFields } from '../snapshot/snapshot.js'

/** Measures the machine it runs on. A value that cannot be had is null; nothing is thrown. */
export interface SystemSampler {
  /** Takes the counters from which the first rates are computed. May follow a `stop`. */
  start(): void | Promise<void>
  /** Percentages and rates are over the time since the last sample, or since the start. */
  sample(): Promise<SystemFields>
  /** Gives back what is held open. */
  stop(): void
}

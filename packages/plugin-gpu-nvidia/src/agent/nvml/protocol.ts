import type { Card } from '../card.js'
import type { ListedProcess } from './process-list.js'

/** A card as the child reads it: who its processes are is looked up by the agent. */
export interface NvmlCard extends Omit<Card, 'processes'> {
  /** Absent where they were not asked for. */
  processes?: ListedProcess[] | null
}

/** What the agent asks of the child, one JSON line each. */
export interface SweepRequest {
  /** Cards to leave alone, as `cardKey` gives them. */
  skip: string[]
  /** Cards that have hung before: read after all others. */
  last: string[]
  /** Read also what changes slowly: processes, ECC, PCIe, MIG instances. */
  slow: boolean
  /** Pids are those of this machine: a process that is not there is a sign of a wrong layout. */
  pids_known: boolean
}

/**
 * What the child says, one JSON line each. `touching` is said, and has left the process,
 * before the call into the driver that may never return.
 */
export type ChildLine =
  | { say: 'touching'; index: number }
  | { say: 'opened'; card: Pick<Card, 'index' | 'uuid' | 'bus_id' | 'name'> }
  | { say: 'card'; card: NvmlCard }
  /** All cards are opened, or read. */
  | { say: 'done' }
  /** There is nothing more that this child can do. */
  | { say: 'failed'; at: 'library' | 'driver'; message: string }

/** How the lines begin after which the child waits, or ends: the rest need not be parsed as it comes. */
export const lastWord = { done: '{"say":"done"}\n', failed: '{"say":"failed"' }

/** How a card is called between agent and child: by its uuid, or by its place where that is not known. */
export function cardKey({ uuid, index }: Pick<Card, 'uuid' | 'index'>): string {
  return uuid ?? `#${index}`
}

import type { GpuProcess, MigInstance } from '../../gpu-info.js'
import { type Card, type GpuSource, type Sweep, unreadCard } from '../card.js'
import type { Exclusion } from '../exclusion.js'
import { type Column, columnsFor } from './fields.js'
import { parseGpus } from './parse-gpus.js'
import { parseList } from './parse-list.js'
import { parseProcesses, processColumns, type RawProcess } from './parse-processes.js'
import type { CommandRunner } from './run-command.js'

export interface SmiSourceOptions {
  runner: CommandRunner
  /** Adds what is known of a process on this machine. */
  describe(process: RawProcess): GpuProcess
  /** Cards that the operator wants left alone. */
  exclusion: Exclusion
  /** How often processes and MIG instances are asked for, at most. */
  slow_interval_ms: number
  /** Monotonic milliseconds. */
  now(): number
}

/** It may take a fifth of the time at most: on large servers one run takes seconds. */
const REST_FACTOR = 5

const csv = '--format=csv,noheader,nounits'

/** Asks the `nvidia-smi` command: dearer than the library, but it works where that does not. */
export function createSmiSource(options: SmiSourceOptions): GpuSource {
  const { runner, exclusion, now } = options
  let columns: Column[] | null = null
  let last: { sweep: Sweep; at: number; took: number } | null = null
  let processes = new Map<string, RawProcess[]>()
  let instances = new Map<string, MigInstance[]>()
  let slowAt = Number.NEGATIVE_INFINITY

  async function sweep(): Promise<Sweep> {
    columns ??= columnsFor((await runner.run(['--help-query-gpu'])).stdout)
    const query = columns.map(({ query }) => query).join(',')
    const { stdout, stderr, status } = await runner.run([`--query-gpu=${query}`, csv])
    const { cards, unopened, rest } = parseGpus(stdout, columns)
    const words = [...rest, stderr.trim()].filter((text) => text !== '').join('; ')
    if (cards.length === 0 && unopened.length === 0) {
      if (/No devices were found/i.test(words)) return { cards: [], complete: true }
      // The field list may have been another driver's.
      columns = null
      throw new Error(`nvidia-smi failed (${status}): ${words.slice(0, 300) || 'it said nothing'}`)
    }
    if (now() - slowAt >= options.slow_interval_ms) await readSlowly(cards)
    const lost = unopened.map((bus_id) => {
      const message = 'nvidia-smi cannot open the card'
      return unreadCard({ index: -1, name: null, bus_id }, 'lost', 'lost', message)
    })
    return {
      cards: [...cards.map(withDetails), ...lost].filter((card) => !exclusion.isExcluded(card)),
      complete: rest.length === 0 && status === 0,
    }
  }

  async function readSlowly(cards: readonly Card[]): Promise<void> {
    slowAt = now()
    const apps = await runner.run([`--query-compute-apps=${processColumns}`, csv])
    processes = parseProcesses(apps.stdout)
    const isPartitioned = cards.some(({ mig }) => mig !== null)
    instances = isPartitioned ? parseList((await runner.run(['-L'])).stdout) : new Map()
  }

  function withDetails(card: Card): Card {
    const { uuid } = card
    if (uuid === undefined || uuid === null) return card
    const mig = card.mig === null ? null : (instances.get(uuid) ?? [])
    // Processes of an instance are listed by the card's uuid, or by the instance's own.
    const owners = [uuid, ...(mig ?? []).flatMap(({ uuid }) => uuid ?? [])]
    const found = owners.flatMap((owner) => processes.get(owner) ?? [])
    return { ...card, mig, processes: found.map(options.describe) }
  }

  return {
    async sample() {
      const started = now()
      if (last !== null && started - last.at < REST_FACTOR * last.took) {
        const age_s = Math.round((started - last.at) / 100) / 10
        return { ...last.sweep, cards: last.sweep.cards.map((card) => ({ ...card, age_s })) }
      }
      const fresh = await sweep()
      last = { sweep: fresh, at: started, took: now() - started }
      return fresh
    },
    stop: runner.stop,
  }
}

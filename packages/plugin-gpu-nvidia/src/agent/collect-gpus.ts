import type { Card, GpuSource } from './card.js'
import type { AgentConfig } from './config.js'
import { createKnownCards } from './known-cards.js'
import { messageOf } from './message-of.js'
import type { Presence } from './presence.js'

export interface CollectGpusOptions {
  config: Pick<AgentConfig, 'source'>
  /** Looked for again now and then: a driver may be installed while the agent runs. */
  findNvidia(): Presence
  createNvml(): GpuSource
  createSmi(program: string): GpuSource
  /** Monotonic milliseconds. */
  now(): number
}

export interface GpuCollection {
  /** All cards that have been seen; null where there is no NVIDIA card. Rejects where that cannot be told. */
  collect(): Promise<Card[] | null>
  /** Why the driver as a whole could not be asked the last time; null when it could. */
  trouble(): string | null
  stop(): void
}

const LOOK_AGAIN_MS = 60_000

/** Asks whatever way there is to the driver, and remembers the cards it has shown. */
export function createGpuCollection(options: CollectGpusOptions): GpuCollection {
  const { config, now } = options
  const known = createKnownCards()
  let sources: GpuSource[] = []
  let lookedAt = Number.NEGATIVE_INFINITY
  let trouble: string | null = null

  function look(): void {
    if (sources.length > 0 || now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = now()
    const { nvml, smi } = options.findNvidia()
    if (nvml && config.source !== 'nvidia-smi') sources.push(options.createNvml())
    if (smi !== null && config.source !== 'nvml') sources.push(options.createSmi(smi))
  }

  return {
    async collect() {
      look()
      if (sources.length === 0) return null
      const failures: string[] = []
      for (const source of sources) {
        try {
          known.note(await source.sample(), now())
          trouble = null
          return listOrNull(known.list(now()))
        } catch (error) {
          failures.push(messageOf(error))
        }
      }
      trouble = [...new Set(failures)].join(' ')
      known.noteFailure(trouble)
      const cards = known.list(now())
      if (cards.length === 0) throw new Error(trouble)
      return cards
    },
    trouble: () => trouble,
    stop() {
      for (const source of sources) source.stop()
      sources = []
      lookedAt = Number.NEGATIVE_INFINITY
    },
  }
}

function listOrNull(cards: Card[]): Card[] | null {
  return cards.length === 0 ? null : cards
}

import type { GpuProcess } from '../../gpu-info.js'
import { type Card, type CardIdentity, type GpuSource, type Sweep, unreadCard } from '../card.js'
import type { Exclusion } from '../exclusion.js'
import type { PowerState } from '../power-state.js'
import type { Answer, LaunchChild, NvmlChild } from './launch-child.js'
import type { ListedProcess } from './process-list.js'
import { cardKey, type NvmlCard } from './protocol.js'
import { createQuarantine, termOf } from './quarantine.js'
import { createRetry } from './retry.js'
import { sleepers, wouldSleep } from './sleepers.js'

export interface NvmlSourceOptions {
  launch: LaunchChild
  power: PowerState
  /** Adds what is known of a process on this machine. */
  describe(process: ListedProcess): GpuProcess
  /** Whether pids are those of this machine. */
  pids_known: boolean
  /** Cards that the operator wants left alone. */
  exclusion: Exclusion
  /** How often processes, ECC, PCIe and MIG instances are read, at most. */
  slow_interval_ms: number
  /** Monotonic milliseconds. */
  now(): number
  deadlines?: Deadlines
}

/** How long the driver may take to be opened, and for one pass over all cards. */
interface Deadlines {
  open_ms: number
  sweep_ms: number
}

const DEADLINES: Deadlines = { open_ms: 60_000, sweep_ms: 2_000 }

/** So many children may hang in the driver, beyond the reach of SIGKILL, before no more are started. */
const MAX_ABANDONED = 2

/**
 * Asks the driver's library through one child process that stays. When a call hangs or the
 * library crashes, the child has said at which card: that card is left alone for a while, and a new
 * child reads the others.
 */
export function createNvmlSource(options: NvmlSourceOptions): GpuSource {
  const { power, exclusion, now, deadlines = DEADLINES } = options
  const quarantine = createQuarantine()
  const retry = createRetry()
  const opened = new Map<number, CardIdentity>()
  const unopened = exclusion.indexes.map((index) => cardKey({ index }))
  let child: NvmlChild | null = null
  let abandoned: NvmlChild[] = []
  let isStopped = false
  let slowAt = Number.NEGATIVE_INFINITY
  const renewal = { strikes: 0, at: Number.POSITIVE_INFINITY }

  async function sample(): Promise<Sweep> {
    // A card that was lost or reset is found again only by a library that starts anew.
    if (now() >= renewal.at) discard()
    const asleep = sleepers(power, [...opened.values()])
    const isAllAsleep = asleep.length > 0 && asleep.length >= opened.size
    if (isAllAsleep) return { cards: asleep, complete: opened.size > 0 }

    child ??= await open()
    const isSlow = now() - slowAt >= options.slow_interval_ms
    child.send({
      skip: [...quarantine.closed(now()), ...unopened, ...excluded(), ...asleep.map(cardKey)],
      last: quarantine.onProbation(now()),
      slow: isSlow,
      pids_known: options.pids_known,
    })
    const answer = await child.listen(deadlines.sweep_ms)
    const read = take(answer)
    if (isSlow) slowAt = now()
    settle(answer, read)
    return { cards: [...read, ...asleep, ...quarantined(read)], complete: answer.end === 'done' }
  }

  /** Starts a child and lets it open all cards; one that hangs there is passed over in the next try. */
  async function open(): Promise<NvmlChild> {
    for (;;) {
      if (isStopped) throw new Error('The agent stops.')
      throwIfTooEarly()
      const starting = options.launch([...quarantine.closed(now()), ...unopened])
      child = starting
      opened.clear()
      slowAt = Number.NEGATIVE_INFINITY
      const answer = await starting.listen(deadlines.open_ms)
      const culprit = lastTouched(answer)
      take(answer)
      if (answer.end === 'done') return starting
      const message = judge(answer, culprit === null ? null : { index: culprit, name: null })
      if (answer.end === 'failed' || culprit === null) throw new Error(message)
    }
  }

  function throwIfTooEarly(): void {
    const refusal = retry.refusal(now())
    if (refusal !== null) throw new Error(refusal)
    abandoned = abandoned.filter((other) => !other.isGone())
    if (abandoned.length < MAX_ABANDONED) return
    throw new Error(
      `${abandoned.length} processes hang in the NVIDIA driver and cannot be killed. ` +
        'Look for "NVRM" and "Xid" in the kernel log; only a restart of the machine may help.',
    )
  }

  /** Notes who was opened, and gives the cards that were read. */
  function take({ lines }: Answer): Card[] {
    const cards: Card[] = []
    for (const line of lines) {
      if (line.say === 'opened') opened.set(line.card.index, line.card)
      else if (line.say === 'card' && !exclusion.isExcluded(line.card))
        cards.push(toCard(line.card))
    }
    return cards
  }

  function toCard({ processes, ...card }: NvmlCard): Card {
    if (processes === undefined) return card
    return { ...card, processes: processes?.map(options.describe) ?? null }
  }

  function settle(answer: Answer, read: readonly Card[]): void {
    for (const card of read) {
      quarantine.release(cardKey(card))
      // One that hung when it was opened was known by its place only.
      quarantine.release(cardKey({ index: card.index }))
    }
    if (answer.end === 'done') {
      retry.succeeded()
      renewIfLost(read)
      if (wouldSleep(power, read)) discard()
      return
    }
    const culprit = lastTouched(answer)
    const identity =
      culprit === null ? null : (opened.get(culprit) ?? { index: culprit, name: null })
    const message = judge(answer, identity)
    if (read.length === 0 && identity === null) throw new Error(message)
  }

  /** A child has failed: ends it, and remembers what not to do again. @returns what happened */
  function judge(answer: Answer, culprit: CardIdentity | null): string {
    discard()
    const last = answer.lines.at(-1)
    const message = last?.say === 'failed' ? last.message : describeEnd(answer)
    const code = answer.end === 'timeout' ? 'timeout' : 'crashed'
    const isCardsFault = culprit !== null && answer.end !== 'failed'
    if (isCardsFault) quarantine.note(cardKey(culprit), { identity: culprit, code, message }, now())
    else retry.failed(message, now())
    return message
  }

  function discard(): void {
    child?.kill()
    if (child !== null && !child.isGone()) abandoned.push(child)
    child = null
    renewal.at = Number.POSITIVE_INFINITY
  }

  function renewIfLost(read: readonly Card[]): void {
    const isAnyLost = read.some(({ state, errors }) => state === 'lost' || needsReset(errors))
    if (!isAnyLost) renewal.strikes = 0
    else if (renewal.at === Number.POSITIVE_INFINITY) {
      renewal.strikes += 1
      renewal.at = now() + termOf(renewal.strikes)
    }
  }

  function excluded(): string[] {
    return [...opened.values()].filter(exclusion.isExcluded).map(cardKey)
  }

  function quarantined(read: readonly Card[]): Card[] {
    const isRead = new Set(read.map(cardKey))
    return quarantine
      .list()
      .filter(({ identity }) => !isRead.has(cardKey(identity)) && !exclusion.isExcluded(identity))
      .map(({ identity, code, message }) => unreadCard(identity, 'error', code, message))
  }

  return {
    sample,
    stop() {
      isStopped = true
      child?.kill()
    },
  }
}

function lastTouched({ lines }: Answer): number | null {
  return lines.reduce<number | null>((last, line) => {
    if (line.say === 'touching') return line.index
    return line.say === 'card' || line.say === 'opened' ? null : last
  }, null)
}

function describeEnd({ end, reason }: Answer): string {
  return end === 'timeout'
    ? 'The NVIDIA driver did not answer in time'
    : `The NVIDIA library ended its process (${reason})`
}

function needsReset(errors: Card['errors']): boolean {
  return errors?.some(({ code }) => code === 'reset_required') ?? false
}

import { type Card, type CardIdentity, normaliseBusId, unreadCard } from '../card.js'
import { cardErrorOf, describeCode, SUCCESS } from './codes.js'
import { CardError, createDeviceReader } from './device.js'
import type { Device, Nvml } from './library.js'
import { type ChildLine, cardKey } from './protocol.js'
import type { OpenedCard } from './read-card.js'

/** One place in the driver's list. A card that cannot be opened is tried again with the next sweep. */
export type Slot = { index: number; key: string } & (
  | { opened: OpenedCard; failure?: never }
  | { opened?: never; failure: Card }
)

const word = Buffer.alloc(8)
const pciInfo = Buffer.alloc(68)

/**
 * Opens all cards that the driver lists; those of `before` stay open as long as their number
 * does not change. What is in `skip` is not touched.
 */
export function openCards(
  nvml: Nvml,
  skip: readonly string[],
  say: (line: ChildLine) => void,
  before: readonly Slot[] = [],
): Slot[] {
  const count = countCards(nvml)
  const kept = count === before.length ? before : []
  const slots: Slot[] = []
  for (let index = 0; index < count; index += 1) {
    const slot = kept[index]
    if (slot?.opened !== undefined) slots.push(slot)
    else if (!skip.includes(`#${index}`)) {
      say({ say: 'touching', index })
      slots.push(openCard(nvml, index, say))
    } else slots.push(slot ?? failed(index, 'skipped', 'It hung when it was opened'))
  }
  return slots
}

/** Throws where the driver is gone: then this process is of no use any more. */
function countCards(nvml: Nvml): number {
  const code = nvml.call('nvmlDeviceGetCount_v2', word)
  if (code !== SUCCESS) throw new Error(describeCode(code))
  return word.readUInt32LE()
}

function openCard(nvml: Nvml, index: number, say: (line: ChildLine) => void): Slot {
  const code = nvml.call('nvmlDeviceGetHandleByIndex_v2', index, word)
  if (code !== SUCCESS) return failed(index, cardErrorOf(code) ?? 'unopened', describeCode(code))
  const device = word.readBigUInt64LE()
  try {
    const identity = identify(nvml, device, index)
    say({ say: 'opened', card: identity })
    return { index, key: cardKey(identity), opened: { identity, device } }
  } catch (error) {
    if (error instanceof CardError) return failed(index, error.code, error.message)
    throw error
  }
}

function identify(nvml: Nvml, device: Device, index: number): CardIdentity {
  const reader = createDeviceReader(nvml, device)
  const uuid = reader.text('nvmlDeviceGetUUID')
  const hasBusId = reader.fill('nvmlDeviceGetPciInfo_v3', pciInfo)
  const bus_id = hasBusId
    ? normaliseBusId(pciInfo.toString('latin1', 36).replace(/\0.*$/s, ''))
    : null
  return { index, uuid, bus_id, name: reader.text('nvmlDeviceGetName') }
}

function failed(index: number, code: string, message: string): Slot {
  const state = code === 'lost' ? 'lost' : 'error'
  return {
    index,
    key: `#${index}`,
    failure: unreadCard({ index, name: null }, state, code, message),
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CardIdentity, normaliseBusId } from './card.js'

/** What the kernel says of the cards without waking one of them. */
export interface PowerState {
  /** The cards of the loaded driver, in the order of their buses, which is the driver's own. */
  cards(): CardIdentity[]
  isSuspended(busId: string): boolean
  /** The card of a laptop, which sleeps as soon as nobody holds it open. */
  sleepsWhenIdle(busId: string): boolean
}

/** @param root of /proc and /sys */
export function createPowerState(root = '/'): PowerState {
  const text = (...path: string[]) => {
    try {
      return readFileSync(join(root, ...path), 'utf8').trim()
    } catch {
      return ''
    }
  }
  const names = (...path: string[]) => {
    try {
      return readdirSync(join(root, ...path)).sort()
    } catch {
      return []
    }
  }
  const hasBattery = names('sys/class/power_supply').some(
    (name) => text('sys/class/power_supply', name, 'type') === 'Battery',
  )
  const power = (busId: string, file: string) => text('sys/bus/pci/devices', busId, 'power', file)
  /** Set when the machine starts: a server need not be asked with every sample. */
  const managed = new Map<string, boolean>()
  function maySleep(busId: string): boolean {
    const known = managed.get(busId) ?? power(busId, 'control') === 'auto'
    managed.set(busId, known)
    return known
  }

  return {
    cards: () =>
      names('proc/driver/nvidia/gpus').map((bus, index) => {
        const information = text('proc/driver/nvidia/gpus', bus, 'information')
        const uuid = /^GPU UUID:\s*(GPU-[0-9a-f-]+)$/m.exec(information)?.[1] ?? null
        const name = /^Model:\s*(.+)$/m.exec(information)?.[1] ?? null
        return { index, uuid, name, bus_id: normaliseBusId(bus) }
      }),
    isSuspended: (busId) => maySleep(busId) && power(busId, 'runtime_status') === 'suspended',
    sleepsWhenIdle: (busId) => hasBattery && maySleep(busId),
  }
}

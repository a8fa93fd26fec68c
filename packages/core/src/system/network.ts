import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Counters } from './traffic-meter.js'

/** Reads `/proc/net/dev`: bytes received and sent by interface, the loopback left out. */
export function parseNetDev(text: string): Counters {
  const counters = new Map<string, readonly [number, number]>()
  for (const [, name, received, sent] of text.matchAll(LINE)) {
    if (name && name !== 'lo') counters.set(name, [Number(received), Number(sent)])
  }
  return counters
}

/**
 * The interfaces through which traffic enters and leaves the machine, each byte once.
 *
 * Those with hardware behind them; bonds, bridges, VLANs and the veth ends of containers only
 * pass on what these carry. Inside a container nothing has hardware: there the plain Ethernet
 * interfaces count that stand on no other of the same container.
 */
export function selectInterfaces(names: string[], sysfs: string): string[] {
  const path = (name: string) => join(sysfs, 'class/net', name)
  const isHardware = (name: string) => existsSync(join(path(name), 'device'))

  const hardware = names.filter((name) => {
    if (!isHardware(name)) return false
    // Azure's synthetic interface already counts what its hardware slave carries.
    const master = linkTarget(join(path(name), 'master'))
    return master === null || !isHardware(master)
  })
  if (hardware.length > 0) return hardware
  return names.filter((name) => isEthernet(path(name)) && !isStacked(path(name)))
}

// Interface names hold neither a colon nor a blank; a long counter may touch the colon.
const LINE = /^ *([^\s:]+): *(\d{1,20})(?: +\d+){7} +(\d{1,20})/gm

/** What a bridge, a bond, a port of either, and a TUN/TAP have in sysfs. */
const STACKED = new Set(['bridge', 'bonding', 'master', 'tun_flags'])

/** ARPHRD_ETHER; tunnels have other numbers. Without sysfs there is nothing to tell them by. */
function isEthernet(path: string): boolean {
  try {
    return readFileSync(join(path, 'type'), 'utf8').trim() === '1'
  } catch {
    return true
  }
}

function isStacked(path: string): boolean {
  try {
    return readdirSync(path).some(
      (entry) => STACKED.has(entry) || entry.startsWith('lower_'), // VLAN, macvlan
    )
  } catch {
    return false
  }
}

function linkTarget(path: string): string | null {
  try {
    return basename(readlinkSync(path))
  } catch {
    return null
  }
}

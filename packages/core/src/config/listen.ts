import { BlockList, isIP } from 'node:net'
import { MonError } from '../errors.js'

export interface ListenAddress {
  /** A name or an IP address, IPv6 without brackets. */
  host: string
  /** 0: any free port. */
  port: number
}

/**
 * Reads the `listen` key: `127.0.0.1:7881`, `[::1]:7881`, `localhost:7881`. The host is
 * never implied, as the usual meaning of a missing one is "every network".
 *
 * @throws MonError CONFIG_INVALID
 */
export function parseListen(text: string): ListenAddress {
  const address = readListen(text)
  if (address !== null) return address
  throw new MonError('CONFIG_INVALID', `listen: ${JSON.stringify(text)} is not an address.`, {
    hint: `Write host:port, for example ${example(text)}.`,
  })
}

/** Whether `parseListen` would read it. */
export function isListenAddress(text: string): boolean {
  return readListen(text) !== null
}

export function formatListen({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether only this machine can reach the host. A name other than localhost counts as wider. */
export function isLoopback(host: string): boolean {
  const version = isIP(host)
  if (version === 0) return host.toLowerCase() === 'localhost'
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6')
}

function readListen(text: string): ListenAddress | null {
  const { bracketed, plain, digits } = form.exec(text)?.groups ?? {}
  const host = bracketed ?? plain
  const port = Number(digits)
  const isValid = host !== undefined && port <= 65_535 && isHost(host, bracketed !== undefined)
  return isValid ? { host: host.toLowerCase(), port } : null
}

const form = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+)):(?<digits>\d{1,5})$/
const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function isHost(host: string, bracketed: boolean): boolean {
  if (bracketed) return isIP(host) === 6
  if (isIP(host) === 4) return true
  const labels = host.split('.')
  // `127.1` and `999.1.1.1` are IPv4 addresses gone wrong: no top-level name is a number.
  return labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

function example(text: string): string {
  const [, port = '7880'] = /(\d+)$/.exec(text) ?? []
  if (isIP(text) === 6) return `[${text}]:7880`
  if (/^\*?:?\d+$/.test(text)) return `127.0.0.1:${port}, or 0.0.0.0:${port} for every network`
  return '127.0.0.1:7880'
}

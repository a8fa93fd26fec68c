import { isIP } from 'node:net'
import { MonError } from '../errors.js'

/** Whether a Host header may name us so. Takes what `hostName` returns. */
export type IsOwnHost = (name: string) => boolean

/**
 * The names under which this machine may be asked. A page that rebinds its DNS name to our
 * address still sends its own name, so the names are few: loopback, the machine's own, and
 * `allowed_hosts`. An IP address is always right, for it has no name that could be rebound.
 *
 * @param machineName what the operating system calls this machine
 * @throws MonError CONFIG_INVALID if an entry of `allowed_hosts` is not a host name
 */
export function createHostCheck(allowedHosts: readonly string[], machineName: string): IsOwnHost {
  const machine = machineName.toLowerCase()
  const [short = machine] = machine.split('.')
  const own = new Set(['localhost', machine, short, `${short}.local`, ...allowedHosts.map(allowed)])
  return (name) => own.has(name) || name.endsWith('.localhost') || isIP(name) !== 0
}

/** The name in a Host header: lower case, without port, brackets and final dot; null if it is none. */
export function hostName(header: string | undefined): string | null {
  const { name, address } = form.exec(header ?? '')?.groups ?? {}
  if (address !== undefined) return isIP(address) === 6 ? address.toLowerCase() : null
  return name?.toLowerCase() ?? null
}

const form =
  /^(?:\[(?<address>[0-9a-f:.]+)\]|(?<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::\d{1,5})?$/i

function allowed(entry: string): string {
  const name = hostName(entry)
  if (name !== null) return name
  throw new MonError(
    'CONFIG_INVALID',
    `allowed_hosts: ${JSON.stringify(entry)} is not a host name.`,
    {
      hint: 'Write the name alone, for example mon.example.com.',
    },
  )
}

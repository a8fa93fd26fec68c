import { realpath } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join, resolve, sep } from 'node:path'
import { MonError } from '@mon/core'
import { PATH_PATTERN, type ProxyConfig } from '../proxy-config.js'
import type { AgentConfig } from './config.js'

/** The agent's own configuration of the tunnel, with absolute paths. */
export interface Bounds extends Omit<AgentConfig, 'identity_dir' | 'known_hosts_file'> {
  /** null: no key may be used. */
  identity_dir: string | null
  known_hosts_file: string
}

const isSafePath = (path: string) => new RegExp(PATH_PATTERN).test(path)

/**
 * @throws MonError CONFIG_INVALID for a path that ssh would read as something else
 */
export function resolveBounds(config: AgentConfig): Bounds {
  const state_dir = resolve(config.state_dir)
  const identity_dir = config.identity_dir === undefined ? null : resolve(config.identity_dir)
  const known_hosts_file = resolve(config.known_hosts_file ?? join(state_dir, 'known_hosts'))
  for (const [key, path] of Object.entries({ state_dir, identity_dir, known_hosts_file })) {
    if (path === null || process.platform === 'win32' || isSafePath(path)) continue
    throw new MonError(
      'CONFIG_INVALID',
      `${key}: ${path} has characters that ssh reads as its own.`,
      {
        hint: 'Use letters, digits, "_", "-", "." and "/" only.',
      },
    )
  }
  if (config.min_listen_port > config.max_listen_port) {
    throw new MonError('CONFIG_INVALID', 'min_listen_port is above max_listen_port.')
  }
  return { ...config, state_dir, identity_dir, known_hosts_file }
}

/**
 * What of a configuration the agent does not allow, whoever asks for it: each in words that name
 * the key of the agent's own file that would allow it. Empty: all is well.
 */
async function trespasses(config: ProxyConfig, bounds: Bounds): Promise<string[]> {
  const { center_ssh_host: host, server_listen_port: port, identity_file } = config
  const { allowed_ssh_hosts, identity_dir, min_listen_port, max_listen_port } = bounds
  const found: string[] = []
  if (!allowed_ssh_hosts.some((allowed) => isSameHost(allowed, host))) {
    found.push(`center_ssh_host ${host} is not among allowed_ssh_hosts`)
  }
  if (port < min_listen_port || port > max_listen_port) {
    found.push(
      `server_listen_port ${port} is not from min_listen_port (${min_listen_port}) to max_listen_port (${max_listen_port})`,
    )
  }
  if (identity_dir === null) {
    found.push('identity_file cannot be used without identity_dir, the folder that holds it')
  } else if (!(await isInside(identity_file, identity_dir))) {
    found.push(`identity_file ${identity_file} is not inside identity_dir (${identity_dir})`)
  }
  if (!config.strict_host_key_checking && !bounds.allow_accept_new) {
    found.push('strict_host_key_checking: false needs allow_accept_new: true')
  }
  return found
}

/** The same as an error says it; null where all is well. */
export async function findTrespass(
  config: ProxyConfig,
  bounds: Bounds,
): Promise<{ message: string; hint: string } | null> {
  const found = await trespasses(config, bounds)
  if (found.length === 0) return null
  return {
    message: `The agent does not allow this tunnel: ${found.join('; ')}.`,
    hint: 'Set the keys that are named under plugins, @mon/plugin-ssh-proxy in the agent’s own configuration on this server, and restart the agent.',
  }
}

/** @throws MonError REMOTE_CONFIG_REFUSED */
export async function refuseTrespass(config: ProxyConfig, bounds: Bounds): Promise<void> {
  const trespass = await findTrespass(config, bounds)
  if (trespass === null) return
  throw new MonError('REMOTE_CONFIG_REFUSED', trespass.message, { hint: trespass.hint })
}

/** The key's real path, where it lies in the folder that holds keys, and ssh reads it as it stands. */
export async function realIdentity(file: string): Promise<string | null> {
  const real = await realpath(file).catch(() => null)
  return real !== null && isSafePath(real) ? real : null
}

/** A file that is not there is judged by its name: that it is missing is said later, and better. */
async function isInside(file: string, folder: string): Promise<boolean> {
  const realFolder = await realpath(folder).catch(() => folder)
  const real = await realpath(file).catch(() => null)
  if (real !== null) return isBelow(real, realFolder)
  return isBelow(file, folder)
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function isSameHost(one: string, other: string): boolean {
  if (isIP(one) === 6 && isIP(other) === 6)
    return new URL(`http://[${one}]`).host === new URL(`http://[${other}]`).host
  return one.toLowerCase() === other.toLowerCase()
}

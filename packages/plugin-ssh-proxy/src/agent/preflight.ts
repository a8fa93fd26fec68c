import { once } from 'node:events'
import { lstat, open, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { messageOf } from '@mon/core'
import type { ProxyConfig } from '../proxy-config.js'
import { type Bounds, findTrespass, realIdentity } from './bounds.js'
import { holderOf } from './process/listeners.js'
import { runQuietly } from './process/run-quietly.js'
import type { SshPrograms } from './ssh/ssh-programs.js'
import type { Failure } from './tunnel/failure.js'
import { failureOf } from './tunnel/failures.js'

export interface Plan {
  config: ProxyConfig
  bounds: Bounds
  programs: SshPrograms
}

/** One thing that a tunnel needs, in a few words, and how to see whether it is there. */
export interface TunnelStep {
  name: string
  run(plan: Plan): Promise<Failure | null>
}

/** What would keep ssh from working and can be seen without it, in the order to look at. */
export const preflightSteps: readonly TunnelStep[] = [
  { name: 'the agent allows this tunnel', run: checkBounds },
  { name: 'the key can be used', run: checkKey },
  { name: 'the host key of the centre is known', run: checkHostKey },
  { name: 'the port is free', run: checkPort },
]

/** @returns the first failure, null where nothing stands in the way */
export async function preflight(plan: Plan): Promise<Failure | null> {
  for (const step of preflightSteps) {
    const failure = await step.run(plan)
    if (failure !== null) return failure
  }
  return null
}

async function checkBounds({ config, bounds }: Plan): Promise<Failure | null> {
  const trespass = await findTrespass(config, bounds)
  return trespass && { code: 'REMOTE_CONFIG_REFUSED', ...trespass, said: '' }
}

async function checkKey({ config, programs }: Plan): Promise<Failure | null> {
  const file = await realIdentity(config.identity_file)
  if (file === null) return failureOf('KEY_MISSING', config, await whyMissing(config.identity_file))
  try {
    const handle = await open(file, 'r')
    try {
      const { mode, uid } = await handle.stat()
      const open_to_others = (mode & 0o077) !== 0
      if (open_to_others) {
        return failureOf(
          'KEY_PERMS',
          config,
          `its mode is ${(mode & 0o777).toString(8).padStart(4, '0')}`,
        )
      }
      const me = process.getuid?.()
      if (me !== undefined && me !== 0 && uid !== me) {
        return {
          ...failureOf('KEY_PERMS', config, 'it belongs to another user'),
          hint: `Run: sudo chown ${me} '${config.identity_file}'`,
        }
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return failureOf('KEY_MISSING', config, messageOf(error))
  }
  return checkKeyText(file, config, programs)
}

/** ssh itself says of a key with a passphrase, and of none at all, only "Permission denied". */
async function checkKeyText(
  file: string,
  config: ProxyConfig,
  { ssh_keygen, env }: SshPrograms,
): Promise<Failure | null> {
  if (ssh_keygen === null) return null
  const { status, stderr } = await runQuietly(ssh_keygen, ['-y', '-P', '', '-f', file], env)
  if (status === 0 || status === null) return null
  if (/incorrect passphrase/.test(stderr)) return failureOf('KEY_PASSPHRASE', config)
  return failureOf('KEY_INVALID', config, stderr.trim().slice(0, 200))
}

async function checkHostKey({ config, bounds, programs }: Plan): Promise<Failure | null> {
  const { ssh_keygen, env } = programs
  if (!config.strict_host_key_checking || ssh_keygen === null) return null
  const host = config.center_ssh_host.toLowerCase()
  // An entry without a port serves for every port, if the key is the same.
  const names =
    config.center_ssh_port === 22 ? [host] : [`[${host}]:${config.center_ssh_port}`, host]
  for (const name of names) {
    const args = ['-F', name, '-f', bounds.known_hosts_file]
    if ((await runQuietly(ssh_keygen, args, env)).status === 0) return null
  }
  return failureOf('HOST_KEY_UNKNOWN', config)
}

/** ssh would log in before it finds out. */
async function checkPort({ config }: Plan): Promise<Failure | null> {
  const server = createServer()
  try {
    const address = { host: '127.0.0.1', port: config.server_listen_port, exclusive: true }
    await once(server.listen(address), 'listening')
    return null
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!isTaken) return failureOf('BIND_FAILED', config, messageOf(error))
    const holder = await holderOf(config.server_listen_port)
    return failureOf('PORT_IN_USE', config, holder === null ? '' : `${holder} has it`)
  } finally {
    server.close()
  }
}

async function whyMissing(file: string): Promise<string> {
  try {
    const found = await stat(file)
    return found.isFile()
      ? 'its real path has characters that ssh reads as its own'
      : 'it is no file'
  } catch (error) {
    const isLink = await lstat(file).then(
      (found) => found.isSymbolicLink(),
      () => false,
    )
    return isLink ? 'it is a link that leads nowhere' : messageOf(error)
  }
}

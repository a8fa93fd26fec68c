import { MonError } from '@mon/core'
import type { Bounds } from './bounds.js'
import { type Plan, preflightSteps, type TunnelStep } from './preflight.js'
import { isListening } from './process/listeners.js'
import { createPidFile, pidFileIn } from './process/pid-file.js'
import { createSavedConfig } from './saved-config.js'
import { findSshPrograms } from './ssh/ssh-programs.js'
import { tryConnection, tryTunnel } from './try-tunnel.js'
import type { Failure } from './tunnel/failure.js'
import { failureOf } from './tunnel/failures.js'

/** What can be seen in a moment. */
export const quickSteps: readonly TunnelStep[] = [
  ...preflightSteps,
  { name: 'the centre can be reached', run: tryConnection },
]

/** Up to the answer of the proxy; a tunnel that is up is left alone. */
export const allSteps: readonly TunnelStep[] = [
  ...quickSteps,
  { name: 'the centre lets this server in, and the proxy answers', run: tryTunnel },
]

/**
 * @returns null where no tunnel was ever configured
 * @throws MonError that says why it cannot be looked into
 */
export async function readPlan(bounds: Bounds, env: NodeJS.ProcessEnv): Promise<Plan | null> {
  const config = await createSavedConfig(bounds.state_dir).read()
  if (config === null) return null
  const programs = await findSshPrograms(env)
  if (programs !== null) return { config, bounds, programs }
  throw asError(failureOf('SSH_MISSING', config, 'there is none on the PATH'))
}

/** Whether the port is taken by the very tunnel that this is about, which an agent keeps up now. */
export async function isOwnTunnel(failure: Failure | null, plan: Plan): Promise<boolean> {
  if (failure?.code !== 'PORT_IN_USE') return false
  const pid = createPidFile(pidFileIn(plan.bounds.state_dir)).running()
  return pid !== null && isListening(pid, plan.config.server_listen_port)
}

export function asError({ code, message, hint }: Failure): MonError {
  return new MonError(code, message, hint === null ? {} : { hint })
}

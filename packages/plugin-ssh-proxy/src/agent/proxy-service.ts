import { type AgentContext, MonError, messageOf } from '@mon/core'
import type { ProxyConfig } from '../proxy-config.js'
import { MAX_EVENTS, type ProxyEvent, type ProxyStatus } from '../proxy-status.js'
import { type Bounds, realIdentity, refuseTrespass } from './bounds.js'
import { describeTunnel } from './describe-tunnel.js'
import { preflight } from './preflight.js'
import { createPidFile, pidFileIn } from './process/pid-file.js'
import { createSavedConfig } from './saved-config.js'
import { findSshPrograms } from './ssh/ssh-programs.js'
import { type RunOptions, startRun } from './ssh/start-run.js'
import type { Failure } from './tunnel/failure.js'
import { failureOf } from './tunnel/failures.js'
import { createTunnel, END_GRACE_MS, type Run } from './tunnel/tunnel.js'
import { eventOf } from './tunnel-events.js'

export interface ProxyService {
  status(): ProxyStatus
  /**
   * Starts the tunnel, or starts it anew.
   * @param config is saved first; without it the saved one is taken
   * @throws MonError REMOTE_CONFIG_REFUSED, PROXY_NOT_CONFIGURED, PROXY_DISABLED
   */
  start(config?: ProxyConfig): Promise<ProxyStatus>
  /** @param config is saved first, where it is given */
  stop(config?: ProxyConfig): Promise<ProxyStatus>
  /** With the agent: ends what an earlier one left behind, and brings the tunnel up if it should. */
  open(): Promise<void>
  close(): Promise<void>
}

export interface ProxyServiceOptions {
  bounds: Bounds
  log: AgentContext['log']
  env: NodeJS.ProcessEnv
}

/** An agent that ends has 3 s for each plugin. */
const CLOSE_GRACE_MS = 2_000

export function createProxyService({ bounds, log, env }: ProxyServiceOptions): ProxyService {
  const saved = createSavedConfig(bounds.state_dir)
  const pidFile = createPidFile(pidFileIn(bounds.state_dir))
  const events: ProxyEvent[] = []
  let config: ProxyConfig | null = null
  /** Why the saved configuration cannot be read. */
  let trouble: Failure | null = null
  /** What the last check was of, and ssh is started with. */
  let checked: Pick<RunOptions, 'config' | 'programs' | 'identity_file'> | null = null
  /** One configuration is saved after the other. */
  let taken: Promise<unknown> = Promise.resolve()

  const tunnel = createTunnel({
    check,
    launch,
    address: () => {
      const { center_ssh_host: host, center_ssh_port: port } = configured()
      return { host, port }
    },
    overdue: () => failureOf('CONNECT_TIMEOUT', configured()),
    probe_interval_ms: bounds.probe_interval_s * 1000,
    onChange(state, previous) {
      const event = eventOf(state, previous, config)
      if (event === null) return
      events.push(event.shown)
      if (events.length > MAX_EVENTS) events.shift()
      log[event.level](event.detail, event.shown.message)
    },
  })

  async function check(): Promise<Failure | null> {
    if (trouble !== null) return trouble
    const config = configured()
    if (process.platform !== 'linux')
      return failureOf('SSH_MISSING', config, 'a tunnel needs Linux')
    const programs = await findSshPrograms(env)
    if (programs === null) return failureOf('SSH_MISSING', config, 'there is none on the PATH')
    const failure = await preflight({ config, bounds, programs })
    if (failure !== null) return failure
    const identity_file = await realIdentity(config.identity_file)
    if (identity_file === null) return failureOf('KEY_MISSING', config)
    checked = { config, programs, identity_file }
    return null
  }

  function launch(onRefusal: () => void): Run {
    if (checked === null) throw new Error('ssh is started unchecked.')
    return startRun({ ...checked, bounds, pidFile, onRefusal })
  }

  function configured(): ProxyConfig {
    if (config !== null) return config
    throw new MonError('PROXY_NOT_CONFIGURED', 'No tunnel was ever configured on this server.', {
      hint: 'Save one on the server’s page of the web UI, or send a `config` with the start.',
    })
  }

  function take(given: ProxyConfig): Promise<void> {
    const done = taken.then(async () => {
      await refuseTrespass(given, bounds)
      await saved.write(given)
      config = given
      trouble = null
    })
    taken = done.catch(() => undefined)
    return done
  }

  async function endOrphan(): Promise<void> {
    const pid = await pidFile.endOrphan(END_GRACE_MS)
    if (pid !== null) log.info({ pid }, 'Ended the ssh that an earlier agent left behind.')
  }

  function status(): ProxyStatus {
    return describeTunnel(tunnel.state(), config, events)
  }

  return {
    status,
    async start(given) {
      if (given !== undefined) await take(given)
      if (trouble === null && !configured().enabled) {
        await tunnel.stop()
        throw new MonError('PROXY_DISABLED', 'The tunnel is disabled.', {
          hint: 'Save it with enabled: true, and start it again.',
        })
      }
      await tunnel.start()
      return status()
    },
    async stop(given) {
      if (given !== undefined) await take(given)
      await tunnel.stop()
      return status()
    },
    async open() {
      try {
        config = await saved.read()
      } catch (error) {
        trouble = asFailure(error)
      }
      if (trouble === null) await endOrphan()
      const isWanted = trouble !== null || (config?.enabled && config.auto_start)
      // The agent does not wait for the centre.
      if (isWanted) void tunnel.start()
    },
    close: () => tunnel.stop(CLOSE_GRACE_MS),
  }
}

function asFailure(error: unknown): Failure {
  const hint = error instanceof MonError ? (error.hint ?? null) : null
  const code =
    error instanceof MonError && error.code === 'SECRET_TOO_OPEN' ? error.code : 'CONFIG_INVALID'
  return { code, message: messageOf(error), hint, said: '' }
}

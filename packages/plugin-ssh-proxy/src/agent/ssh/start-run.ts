import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProxyConfig } from '../../proxy-config.js'
import type { Bounds } from '../bounds.js'
import { isListening } from '../process/listeners.js'
import type { PidFile } from '../process/pid-file.js'
import type { Failure } from '../tunnel/failure.js'
import { failureOf } from '../tunnel/failures.js'
import type { ProbeOutcome } from '../tunnel/run-events.js'
import type { Run } from '../tunnel/tunnel.js'
import { type Ending, explainEnding } from './explain-stderr.js'
import { type ProbeResult, probe } from './probe.js'
import { sshArguments } from './ssh-arguments.js'
import { startSsh } from './ssh-child.js'
import type { SshPrograms } from './ssh-programs.js'

export interface RunOptions {
  config: ProxyConfig
  bounds: Bounds
  programs: SshPrograms
  /** The key's real path. */
  identity_file: string
  pidFile: Pick<PidFile, 'write' | 'clear'>
  /** A connection through the tunnel, whoever's, had no way out at the centre. */
  onRefusal(): void
}

/** ssh says why a channel was refused a little after the connection has ended. */
const WORDS_LIMIT_MS = 250
const WORDS_POLL_MS = 10

/** Starts ssh for a tunnel whose preflight went well. */
export function startRun(options: RunOptions): Run {
  const { config, bounds, programs, pidFile } = options
  const args = sshArguments(config, options.identity_file, {
    ...bounds,
    accepts_new_host_key: !config.strict_host_key_checking,
  })
  const ssh = [programs.ssh, ...args]
  const [program = programs.ssh, ...others] = [...programs.wrapper, ...ssh]
  let refusal = { code: 'PROXY_DOWN' as 'FORWARD_DENIED' | 'PROXY_DOWN', ms: -1 }
  let onEnding = (_failure: Failure) => {}
  const ended = new Promise<Failure>((resolve) => {
    onEnding = resolve
  })

  const child = startSsh({
    command: [program, ...others],
    env: programs.env,
    onRefusal(code) {
      refusal = { code, ms: performance.now() }
      options.onRefusal()
    },
    onEnd(ending) {
      pidFile.clear()
      onEnding(explain(ending))
    },
  })
  if (child.pid !== undefined) pidFile.write(child.pid, ssh)

  function explain(ending: Ending): Failure {
    if (child.pid !== undefined) return explainEnding(ending, config)
    return failureOf('SSH_MISSING', config, ending.lines.join(' '))
  }

  async function outcomeOf(result: ProbeResult, started_ms: number): Promise<ProbeOutcome> {
    const { kind, ms, said } = result
    switch (kind) {
      case 'answer':
        return { kind, ms }
      case 'refusal': {
        const code = (await codeSince(started_ms)) ?? 'PROXY_DOWN'
        return { kind, ms, failure: failureOf(code, config, said) }
      }
      case 'silence':
        return {
          kind,
          ms,
          lost: failureOf('LINK_LOST', config, said),
          hung: failureOf('PROXY_DOWN', config, said),
        }
    }
  }

  async function codeSince(started_ms: number): Promise<'FORWARD_DENIED' | 'PROXY_DOWN' | null> {
    for (let waited = 0; waited < WORDS_LIMIT_MS; waited += WORDS_POLL_MS) {
      if (refusal.ms >= started_ms) return refusal.code
      await sleep(WORDS_POLL_MS)
    }
    return null
  }

  return {
    pid: child.pid,
    ended,
    isListening: async () =>
      child.pid !== undefined && isListening(child.pid, config.server_listen_port),
    async probe(signal) {
      const started_ms = performance.now()
      return outcomeOf(await probe(config.server_listen_port, signal), started_ms)
    },
    end: child.end,
  }
}

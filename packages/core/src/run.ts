import { explain, messageOf } from './errors.js'
import { createLogger } from './log.js'
import type { Startable } from './plugin/running.js'

/** A service manager kills what has not ended in time; it is better to end by oneself. */
const EXIT_LIMIT_MS = 9_000

/**
 * Runs an agent or an aggregator as a program, until SIGTERM or SIGINT, within 10 s of which it
 * has ended; a second SIGINT ends it at once. What keeps it from starting is printed in words,
 * and the exit status is 1. A parent process with an IPC channel is sent the start report.
 *
 * @example
 * await run(async () => createAgent({ config: await loadConfig('agent.yaml') }))
 */
export async function run(create: () => Promise<Startable>): Promise<void> {
  try {
    const host = await create()
    outliveStrayErrors()
    stopOnSignals(host)
    const report = await host.start()
    for (const { id, version, state, errors } of report.plugins) {
      const reasons = errors.map(({ message }) => `\n  ${message}`).join('')
      console.error(`${id} ${version}: ${state}${reasons}`)
    }
    console.error(`Listening at ${report.url}`)
    process.send?.(report)
  } catch (error) {
    console.error(explain(error))
    process.exit(1)
  }
}

function stopOnSignals(host: Startable): void {
  let stopping = false
  const stop = async (signal: NodeJS.Signals) => {
    // SIGTERM may come from the service manager and from a parent too; Ctrl-C twice is meant.
    process.removeListener('SIGINT', stop)
    if (stopping) return
    stopping = true
    setTimeout(endBySignal, EXIT_LIMIT_MS, signal).unref()
    await host.stop()
    endBySignal(signal)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Whoever started it by IPC has died without a word.
  process.on('disconnect', () => stop('SIGTERM'))
}

/**
 * What a plugin throws where nobody listens, from a timer or in a promise it has let go, would end
 * the process and the monitoring with it. The stack names the plugin.
 */
function outliveStrayErrors(): void {
  const log = createLogger('mon', 'error')
  const report = (error: unknown) => log.error({ err: error }, `Stray error: ${messageOf(error)}`)
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}

/**
 * Ends as if the signal had never been caught, whatever timers a plugin has left behind.
 * `process.exit()` would first join the thread pool, which a read of a dead mount holds for ever.
 */
function endBySignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  if (process.platform !== 'win32') process.kill(process.pid, signal)
  // Reached on Windows, and by the first process of a container, which no signal of its own can end.
  process.exit(0)
}

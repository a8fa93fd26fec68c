import { explain } from './errors.js'
import type { Startable } from './plugin/running.js'

/** A service manager kills what has not ended in time; it is better to end by oneself. */
const EXIT_LIMIT_MS = 10_000

/**
 * Runs an agent or an aggregator as a program, until SIGTERM or SIGINT, within 10 s of which it
 * has ended; a second signal ends it at once. What keeps it from starting is printed in words,
 * and the exit status is 1. A parent process with an IPC channel is sent the start report.
 *
 * @example
 * await run(async () => createAgent({ config: await loadConfig('agent.yaml') }))
 */
export async function run(create: () => Promise<Startable>): Promise<void> {
  try {
    const host = await create()
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
  let signals = 0
  const onSignal = async (signal: NodeJS.Signals) => {
    signals += 1
    if (signals > 1) process.exit(1)
    setTimeout(() => process.exit(1), EXIT_LIMIT_MS).unref()
    await host.stop()
    // A timer that a plugin has left behind must not keep the process alive.
    process.exit(signal === 'SIGINT' ? 130 : 0)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

import { existsSync } from 'node:fs'
import { loadConfig, type Side } from '../config/load-config.js'
import { run } from '../run.js'
import { createHost } from './create-host.js'
import { parseOptions } from './options.js'

/** `mon agent` and `mon aggregator`: runs until SIGTERM. Without a file every key has its default. */
export async function startCommand(side: Side, args: string[]): Promise<void> {
  const { config: named } = parseOptions(args)
  const file = named ?? `${side}.yaml`
  const isThere = named !== undefined || existsSync(file)
  await run(async () => createHost({ side, config: isThere ? await loadConfig(file, side) : {} }))
}

import { explain } from '../errors.js'
import { createHost } from './create-host.js'
import { loadSides, parseOptions } from './options.js'
import { printTable } from './print-table.js'

/** `mon plugins`: what the configuration loads, and what each plugin has declared. */
export async function pluginsCommand(args: string[]): Promise<void> {
  for (const sideConfig of await loadSides(parseOptions(args))) {
    const { plugins, unloadable } = await createHost(sideConfig)
    console.log(`${sideConfig.side}:`)
    printTable(
      ['plugin', 'version', 'package', 'brings'],
      plugins.map(({ id, version, package: name, brings }) => [
        id,
        version,
        name,
        brings.join(', '),
      ]),
    )
    for (const { error } of unloadable) console.log(explain(error))
    if (unloadable.length > 0) process.exitCode = 1
  }
}

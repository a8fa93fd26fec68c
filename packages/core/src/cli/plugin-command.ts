import type { Command } from '../plugin/command.js'
import { createHost } from './create-host.js'
import { loadSides } from './options.js'
import { UsageError } from './usage-error.js'

/** Runs a command that a plugin of the deployment here adds to `mon`. */
export async function pluginCommand(name: string, args: string[]): Promise<void> {
  const known: string[] = []
  for (const sideConfig of await loadSides({ positionals: [] })) {
    const host = await createHost(sideConfig)
    const isRun = await host.inspect(async ({ hooks }) => {
      const commands = new Map<string, Command>()
      hooks.commands.call({ add: (command) => void commands.set(command.name, command) })
      known.push(...commands.keys())
      const command = commands.get(name)
      await command?.run(args)
      return command !== undefined
    })
    if (isRun) return
  }
  const others = known.length === 0 ? '' : ` The plugins here add: ${known.join(', ')}.`
  throw new UsageError(`There is no command "${name}".${others}`)
}

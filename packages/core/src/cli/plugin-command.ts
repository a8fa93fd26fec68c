import { parseArgs } from 'node:util'
import type { Command } from '../plugin/command.js'
import { createHost } from './create-host.js'
import { loadSides } from './options.js'
import { UsageError } from './usage-error.js'

/** Runs a command that a plugin of the deployment here adds to `mon`. */
export async function pluginCommand(name: string, args: string[]): Promise<void> {
  const { config, others } = takeConfig(args)
  const known: string[] = []
  for (const sideConfig of await loadSides({ ...(config && { config }), positionals: [] })) {
    const host = await createHost(sideConfig)
    const isRun = await host.inspect(async ({ hooks, ask }) => {
      const commands = new Map<string, Command>()
      hooks.commands.call({ add: (command) => void commands.set(command.name, command) })
      known.push(...commands.keys())
      const command = commands.get(name)
      await command?.run(others, { ask })
      return command !== undefined
    })
    if (isRun) return
  }
  const rest = known.length === 0 ? '' : ` The plugins here add: ${known.join(', ')}.`
  throw new UsageError(`There is no command "${name}".${rest}`)
}

/** All options but this one are the command's own. */
function takeConfig(args: string[]): { config: string | undefined; others: string[] } {
  const options = { config: { type: 'string', short: 'c' } } as const
  const { tokens, values } = parseArgs({ args, options, strict: false, tokens: true })
  const taken = new Set(
    tokens.flatMap((token) => {
      if (token.kind !== 'option' || token.name !== 'config') return []
      return token.inlineValue === false ? [token.index, token.index + 1] : [token.index]
    }),
  )
  if (taken.size > 0 && typeof values.config !== 'string') {
    throw new UsageError('--config wants the name of a file.')
  }
  return {
    config: typeof values.config === 'string' ? values.config : undefined,
    others: args.filter((_, index) => !taken.has(index)),
  }
}

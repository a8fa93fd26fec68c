import type { Side } from '../config/load-config.js'
import { explain } from '../errors.js'
import { coreVersion } from '../version.js'
import { UsageError } from './usage-error.js'

const usage = `Usage: mon <command> [options]

  mon agent [--config FILE]        run the agent of this server (agent.yaml)
  mon aggregator [--config FILE]   run the aggregator (aggregator.yaml)
  mon plugins [--config FILE]      list the plugins, and what each brings and costs
  mon doctor [--config FILE]       what would fail, and the fix
  mon config check [--config FILE] check a configuration: every error at once
  mon config print [--config FILE] print it with all defaults, secrets masked
  mon hash-password                ask for a password, print what password_file holds
  mon db status                    the migrations of the database, applied and pending
  mon db upgrade                   apply the pending ones; a 1.0 file is backed up first
  mon db rollback --to 1.0         undo all that came after that version
  mon db backup [FILE]             write a consistent copy

Plugins can add commands of their own.

Options
  --config FILE   agent.yaml or aggregator.yaml unless given; one file may hold both sides
  --side SIDE     agent or aggregator, where the file's name does not tell
  --help, --version

Exit status: 0 done, 1 failed, 2 wrong usage.`

type Command = (args: string[]) => Promise<void>

/** Each is loaded when it is wanted: an agent keeps none of the others in memory. */
const commands = new Map<string, () => Promise<Command>>([
  ['agent', () => startOf('agent')],
  ['aggregator', () => startOf('aggregator')],
  ['plugins', async () => (await import('./plugins-command.js')).pluginsCommand],
  ['doctor', async () => (await import('./doctor-command.js')).doctorCommand],
  ['config', async () => (await import('./config-command.js')).configCommand],
  ['db', async () => (await import('./database-command.js')).databaseCommand],
  ['hash-password', async () => (await import('./hash-password-command.js')).hashPasswordCommand],
])

/** Runs one command and sets the exit status. */
export async function main(argv: readonly string[]): Promise<void> {
  const [name, ...args] = argv
  try {
    if (name === undefined) throw new UsageError('Name a command.')
    if (name === '--version') console.log(coreVersion)
    else if (asksForHelp(name, args)) console.log(usage)
    else await run(name, args)
  } catch (error) {
    const isUsage = error instanceof UsageError
    process.exitCode = isUsage ? 2 : 1
    console.error(`mon: ${explain(error)}${isUsage ? `\n\n${usage}` : ''}`)
  }
}

async function run(name: string, args: string[]): Promise<void> {
  const load = commands.get(name)
  if (load !== undefined) return (await load())(args)
  const { pluginCommand } = await import('./plugin-command.js')
  await pluginCommand(name, args)
}

async function startOf(side: Side): Promise<Command> {
  const { startCommand } = await import('./start-command.js')
  return (args) => startCommand(side, args)
}

/** A command of a plugin explains itself. */
function asksForHelp(name: string, args: string[]): boolean {
  return ['--help', '-h', 'help'].includes(name) || (commands.has(name) && args.includes('--help'))
}

import { type Maintenance, maintainDatabase } from '../aggregator/maintain-database.js'
import { databaseStatus } from '../database/database-status.js'
import { isNewer, isRelease } from '../database/migration-version.js'
import { rollback } from '../database/rollback.js'
import { upgrade } from '../database/upgrade.js'
import { joinErrors } from '../errors.js'
import { loadSides, type Options, parseOptions } from './options.js'
import { printTable } from './print-table.js'
import { UsageError } from './usage-error.js'

/** `mon db status|upgrade|rollback|backup`: none of them prompts. */
export async function databaseCommand(args: string[]): Promise<void> {
  const options = parseOptions(args, 2)
  const action = actionOf(options)
  if (action === undefined) throw new UsageError('Say `mon db status|upgrade|rollback|backup`.')
  const [aggregator] = await loadSides({ ...options, side: 'aggregator' })
  await maintainDatabase({ config: aggregator?.config ?? {} }, (maintenance) =>
    action(maintenance, options),
  )
}

type Action = (maintenance: Maintenance, options: Options) => Promise<void>

const actions: Record<string, Action> = {
  async status({ database, migrations }) {
    const rows = await databaseStatus(database, migrations)
    console.log(database.file)
    printTable(
      ['plugin', 'migration', 'version', 'state', 'applied'],
      rows.map(({ plugin, id, version, state, applied_at }) => [
        plugin,
        id,
        version,
        state,
        applied_at === null ? '' : new Date(applied_at * 1000).toISOString(),
      ]),
    )
  },

  async upgrade({ database, migrations, log }) {
    await database.claim()
    const { backup, results } = await upgrade(database, migrations, { log })
    if (backup !== null) console.log(`The database of version 1.0 is saved as ${backup}`)
    for (const { plugin, applied } of results) {
      for (const id of applied) console.log(`applied ${plugin}/${id}`)
    }
    const [first, ...others] = results.flatMap(({ error }) => error ?? [])
    if (first !== undefined) throw joinErrors([first, ...others])
    console.log('The database is up to date.')
  },

  async rollback({ database, migrations, log }, { to }) {
    if (to === undefined || !isRelease(to)) {
      throw new UsageError('Say how far, a release from 1.0 on: `mon db rollback --to 1.0`.')
    }
    const status = await databaseStatus(database, migrations)
    if (!status.some(({ state, version }) => state !== 'pending' && isNewer(version, to))) {
      return console.log(`Nothing to undo: the database has no migration after ${to}.`)
    }
    await database.claim()
    // The columns that go take tags and tokens with them.
    console.log(`The database as it was is saved as ${await database.backup()}`)
    const undone = await rollback(database, { to, log })
    for (const { plugin, id } of undone) console.log(`undone ${plugin}/${id}`)
    console.log(`The database is one of version ${to}.`)
  },

  async backup({ database }, { positionals }) {
    console.log(`Saved as ${await database.backup(positionals[1])}`)
  },
}

function actionOf({ positionals: [name = ''] }: Options): Action | undefined {
  return Object.hasOwn(actions, name) ? actions[name] : undefined
}

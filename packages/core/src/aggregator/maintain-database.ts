import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { OpenDatabase } from '../database/database.js'
import type { RegisteredMigration } from '../database/migration-registry.js'
import { MonError } from '../errors.js'
import { createLogger } from '../log.js'
import { runOnce } from '../plugin/running.js'
import { type AggregatorOptions, prepareAggregator } from './create-aggregator.js'
import { wireAggregator } from './wire-aggregator.js'

export interface Maintenance {
  database: OpenDatabase
  /** Of core and of all plugins of the deployment. */
  migrations: readonly RegisteredMigration[]
  log: ReturnType<typeof createLogger>
}

/**
 * Opens the database of a deployment without starting its aggregator, for `mon db`.
 * @throws MonError DATABASE_UNAVAILABLE where there is none: it is not made by looking at it
 */
export async function maintainDatabase<T>(
  options: AggregatorOptions,
  work: (maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const { config, ...prepared } = await prepareAggregator(options)
  const file = resolve(config.database)
  if (!existsSync(file)) {
    throw new MonError('DATABASE_UNAVAILABLE', `There is no database at ${file}.`, {
      hint: 'Check the key `database`; `mon aggregator` makes a new one at its first start.',
    })
  }
  const log = createLogger('mon-db', 'silent')
  return runOnce(async (onStop) => {
    // A plugin that cannot start must not keep an operator from the database.
    const patient = { ...prepared, config: { ...config, on_plugin_failure: 'degrade' as const } }
    const { database, migrations } = await wireAggregator(patient, log, onStop)
    return work({ database, migrations: migrations.list(), log })
  }, log)
}

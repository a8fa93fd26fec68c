import type { OpenDatabase } from '../database/database.js'
import type { RegisteredMigration } from '../database/migration-registry.js'
import { createLogger } from '../log.js'
import { type AggregatorOptions, prepareAggregator } from './create-aggregator.js'
import { wireAggregator } from './wire-aggregator.js'

export interface Maintenance {
  database: OpenDatabase
  /** Of core and of all plugins of the deployment. */
  migrations: readonly RegisteredMigration[]
  log: ReturnType<typeof createLogger>
}

/** Opens the database of a deployment without starting its aggregator, for `mon db`. */
export async function maintainDatabase<T>(
  options: AggregatorOptions,
  work: (maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const prepared = await prepareAggregator(options)
  const log = createLogger('mon-db', 'silent')
  const undos: (() => unknown)[] = []
  try {
    const { database, migrations } = await wireAggregator(prepared, log, (undo) => undos.push(undo))
    return await work({ database, migrations: migrations.list(), log })
  } finally {
    for (const undo of undos.reverse()) await undo()
  }
}

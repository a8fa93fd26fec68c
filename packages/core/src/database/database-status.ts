import type { Database } from './database.js'
import { checksumOf, type LedgerTables, readLedger } from './ledger.js'
import type { RegisteredMigration } from './migration-registry.js'

export interface MigrationStatus {
  plugin: string
  id: string
  version: string
  /**
   * `changed`: applied, with other statements than the code has now; `unknown`: applied by
   * a newer version or by a plugin that is not loaded.
   */
  state: 'applied' | 'pending' | 'changed' | 'unknown'
  /** Epoch seconds; null while it is pending. */
  applied_at: number | null
}

/** What `mon db status` shows: the code's migrations in their order, then the unknown ones. */
export async function databaseStatus(
  database: Database,
  migrations: readonly RegisteredMigration[],
): Promise<MigrationStatus[]> {
  const ledger = await readLedger(database.query<LedgerTables>())
  const known = migrations.map((migration): MigrationStatus => {
    const { plugin, id, version } = migration
    const row = ledger.find((row) => row.plugin === plugin && row.id === id)
    if (!row) return { plugin, id, version, state: 'pending', applied_at: null }
    const state = row.checksum === checksumOf(migration) ? 'applied' : 'changed'
    return { plugin, id, version, state, applied_at: row.applied_at }
  })
  const unknown = ledger
    .filter((row) => !migrations.some(({ plugin, id }) => row.plugin === plugin && row.id === id))
    .map(({ plugin, id, version, applied_at }): MigrationStatus => {
      return { plugin, id, version, state: 'unknown', applied_at }
    })
  return [...known, ...unknown]
}

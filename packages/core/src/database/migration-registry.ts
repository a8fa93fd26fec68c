import { MonError } from '../errors.js'
import {
  columnFault,
  columnMigration,
  isColumnMigration,
  type LastingColumn,
} from './column-migration.js'
import { CORE, coreMigrations } from './core-migrations.js'
import type { Migration } from './migration.js'
import { isRelease } from './migration-version.js'

/** The migrations of core and all plugins, in the order of the plugins' start. */
export interface MigrationRegistry {
  /** Throws MIGRATION_INVALID. */
  add(plugin: string, migration: Migration): void
  /**
   * Adds a column that follows from a declaration and outlives it. Throws MIGRATION_INVALID.
   *
   * @example
   * registry.addColumn('fans', { table: 'fan_hours', column: 'rpm_max', type: 'REAL', version: '1.1' })
   */
  addColumn(plugin: string, column: LastingColumn): void
  list(): readonly RegisteredMigration[]
}

export interface RegisteredMigration extends Migration {
  plugin: string
  /** Set where it adds a lasting column. */
  column?: LastingColumn
}

/** A registry that holds core's own migrations. */
export function createMigrationRegistry(): MigrationRegistry {
  const migrations: RegisteredMigration[] = coreMigrations.map((migration) => ({
    ...migration,
    plugin: CORE,
  }))

  function register(migration: RegisteredMigration, fault: string | undefined): void {
    const { plugin, id } = migration
    const taken = migrations.some((other) => other.plugin === plugin && other.id === id)
    const reason = fault ?? (taken ? 'it is declared twice' : undefined)
    if (reason !== undefined) {
      const message = `Migration ${plugin}/${id} is not valid: ${reason}.`
      throw new MonError('MIGRATION_INVALID', message)
    }
    migrations.push(migration)
  }

  return {
    add: (plugin, migration) => register({ ...migration, plugin }, findFault(migration)),
    addColumn(plugin, column) {
      const migration = columnMigration(column)
      register({ ...migration, plugin }, columnFault(column) ?? findFault({ ...migration, id: '' }))
    },
    list: () => migrations,
  }
}

// They would end the transaction that lets a failed migration leave no trace.
const forbidden = /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*(begin|commit|end|rollback)\b/i

function findFault({ id, version, up, down }: Migration): string | undefined {
  if (isColumnMigration(id)) return 'its id is one of a column, which `addColumn` gives'
  if (!isRelease(version)) return `version "${version}" is not a release of mon from 1.0 on`
  const match = [...up, ...down].map((sql) => forbidden.exec(sql)).find((found) => found)
  if (match) return `${match[1]?.toUpperCase()} is not for it, it runs in the host's transaction`
  return undefined
}

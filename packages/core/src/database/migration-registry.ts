import { MonError } from '../errors.js'
import { CORE, coreMigrations } from './core-migrations.js'
import type { Migration } from './migration.js'
import { isRelease } from './migration-version.js'

/** The migrations of core and all plugins, in the order of the plugins' start. */
export interface MigrationRegistry {
  /** Throws MIGRATION_INVALID. */
  add(plugin: string, migration: Migration): void
  list(): readonly RegisteredMigration[]
}

export interface RegisteredMigration extends Migration {
  plugin: string
}

/** A registry that holds core's own migrations. */
export function createMigrationRegistry(): MigrationRegistry {
  const migrations = coreMigrations.map((migration) => ({ ...migration, plugin: CORE }))
  return {
    add(plugin, migration) {
      const fault = findFault(migration)
      const taken = migrations.some(({ plugin: p, id }) => p === plugin && id === migration.id)
      if (fault || taken) {
        const reason = fault ?? 'it is declared twice'
        const message = `Migration ${plugin}/${migration.id} is not valid: ${reason}.`
        throw new MonError('MIGRATION_INVALID', message)
      }
      migrations.push({ ...migration, plugin })
    },
    list: () => migrations,
  }
}

// They would end the transaction that lets a failed migration leave no trace.
const forbidden = /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*(begin|commit|end|rollback)\b/i

function findFault({ version, up, down }: Migration): string | undefined {
  if (!isRelease(version)) return `version "${version}" is not a release of mon from 1.0 on`
  const match = [...up, ...down].map((sql) => forbidden.exec(sql)).find((found) => found)
  if (match) return `${match[1]?.toUpperCase()} is not for it, it runs in the host's transaction`
  return undefined
}

import type { Migration } from './migration.js'

/** The migrations of core and all plugins, in the order of the plugins' start. */
export interface MigrationRegistry {
  add(plugin: string, migration: Migration): void
  list(): readonly RegisteredMigration[]
}

export interface RegisteredMigration extends Migration {
  plugin: string
}

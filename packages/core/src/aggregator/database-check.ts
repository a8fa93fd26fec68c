import { existsSync } from 'node:fs'
import type { OpenDatabase } from '../database/database.js'
import { databaseStatus } from '../database/database-status.js'
import type { RegisteredMigration } from '../database/migration-registry.js'
import { MonError } from '../errors.js'
import type { Check } from '../plugin/check.js'

/** Whether the database can be used as it is. */
export function databaseCheck(
  database: OpenDatabase,
  migrations: readonly RegisteredMigration[],
): Check {
  return {
    name: 'database',
    async run() {
      const { file } = database
      if (!existsSync(file)) return `${file} is made at the first start`
      const status = await databaseStatus(database, migrations)
      const changed = status.find(({ state }) => state === 'changed')
      if (changed !== undefined) {
        const { plugin, id } = changed
        throw new MonError(
          'MIGRATION_CHANGED',
          `${file}: ${plugin}/${id} is not the one that was applied.`,
          {
            hint: `Install the version of "${plugin}" that made this database.`,
          },
        )
      }
      const pending = status.filter(({ state }) => state === 'pending').length
      return pending === 0
        ? `${file} is up to date`
        : `${file}: ${pending} migrations are due at the next start`
    },
  }
}

/** What `/healthz` says of it: live monitoring goes on without it. */
export function databaseHealth(database: OpenDatabase): { ok: boolean; message?: string } {
  const trouble = database.trouble()
  if (trouble === null) return { ok: true }
  return { ok: false, message: [trouble.message, trouble.hint].filter(Boolean).join(' ') }
}

import type { Migration } from './migration.js'

/** The owner of core's migrations in the ledger, where others have a plugin id. */
export const CORE = 'core'

/** The table `servers`: as version 1.0 made it, and what came since. */
export const coreMigrations: readonly Migration[] = [
  {
    id: '001-servers',
    version: '1.0',
    up: [
      `CREATE TABLE IF NOT EXISTS servers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  base_url TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
)`,
    ],
    // A rollback ends at 1.0: nothing may drop the operator's servers.
    down: [],
  },
  {
    id: '002-server-options',
    version: '1.1',
    up: [
      `ALTER TABLE servers ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'`,
      'ALTER TABLE servers ADD COLUMN token TEXT',
      'ALTER TABLE servers ADD COLUMN poll_interval_s REAL',
    ],
    down: [
      'ALTER TABLE servers DROP COLUMN poll_interval_s',
      'ALTER TABLE servers DROP COLUMN token',
      'ALTER TABLE servers DROP COLUMN tags',
    ],
  },
]

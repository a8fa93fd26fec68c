import type { Migration } from '@mon/core'
import { TABLE, version1Columns } from './table.js'

/** The table as version 1.0 made it; where it is there, it is taken as it is. */
export const addHourlySamples: Migration = {
  id: '001-hourly-samples',
  version: '1.0',
  up: [
    `CREATE TABLE IF NOT EXISTS ${TABLE} (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  ts INTEGER NOT NULL,
${version1Columns.map((name) => `  ${name} REAL,`).join('\n')}
  samples INTEGER NOT NULL,
  UNIQUE(server_id, ts)
)`,
  ],
  // A rollback ends at 1.0: nothing may drop the operator's history.
  down: [],
}

/**
 * What each card did in the hour, an order in time over all servers, and the hours that are not
 * over: what it takes to go on with them after a restart.
 */
export const addHistory: Migration = {
  id: '002-history',
  version: '1.1',
  up: [
    `ALTER TABLE ${TABLE} ADD COLUMN gpu_details TEXT`,
    `CREATE INDEX samples_hourly_by_time ON ${TABLE} (ts, server_id)`,
    `CREATE TABLE history_open_hours (
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  ts INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (server_id, ts)
) WITHOUT ROWID`,
  ],
  down: [
    'DROP TABLE history_open_hours',
    'DROP INDEX samples_hourly_by_time',
    `ALTER TABLE ${TABLE} DROP COLUMN gpu_details`,
  ],
}

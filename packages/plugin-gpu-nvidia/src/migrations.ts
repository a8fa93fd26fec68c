import type { Migration } from '@mon/core'

/** Every card that was ever seen, so that one that vanishes is missed, whoever restarts meanwhile. */
export const addGpuCards: Migration = {
  id: '001-gpu-cards',
  version: '1.1',
  up: [
    `CREATE TABLE gpu_cards (
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  uuid TEXT NOT NULL,
  gpu_index INTEGER NOT NULL,
  name TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  lost_at INTEGER,
  PRIMARY KEY (server_id, uuid)
)`,
  ],
  down: ['DROP TABLE gpu_cards'],
}

import type { Migration } from '@mon/core'

export const addPeaks: Migration = {
  id: '001-peaks',
  version: '1.1',
  up: [
    `CREATE TABLE open_files_peaks (
      server_id INTEGER PRIMARY KEY REFERENCES servers(id) ON DELETE CASCADE,
      open_files INTEGER NOT NULL,
      ts INTEGER NOT NULL
    )`,
  ],
  down: ['DROP TABLE open_files_peaks'],
}

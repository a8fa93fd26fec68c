/**
 * A step of one plugin's schema, as data: the host runs it, in the plugin's own
 * namespace and in a transaction, records its checksum, and keeps `down` in the
 * database so that a rollback needs no plugin installed.
 *
 * @example
 * const addPeaks: Migration = {
 *   id: '001-peaks',
 *   version: '1.1',
 *   up: ['CREATE TABLE open_files_peaks (server_id INTEGER PRIMARY KEY, peak INTEGER NOT NULL)'],
 *   down: ['DROP TABLE open_files_peaks'],
 * }
 */
export interface Migration {
  /** Unique within the plugin; migrations run in the order they are listed. */
  id: string
  /**
   * The release of mon it was made for, 1.0 or later (not the plugin's own version):
   * `mon db rollback --to 1.0` undoes all that came after 1.0.
   */
  version: string
  /** SQL statements, one each. The host begins and commits. */
  up: readonly string[]
  /** SQL statements that undo `up`, in the order to run them. */
  down: readonly string[]
}

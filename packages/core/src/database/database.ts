import type { Kysely } from 'kysely'

/**
 * The aggregator's database. SQLite runs in a worker thread, so a query never holds
 * the event loop.
 */
export interface Database {
  readonly file: string
  /**
   * Typed queries over the plugin's own tables (and core's `servers`).
   * @example
   * database.query<{ open_files_peaks: PeaksTable }>().selectFrom('open_files_peaks').selectAll().execute()
   */
  query<Tables>(): Kysely<Tables>
}

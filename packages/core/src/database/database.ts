import type { Kysely } from 'kysely'
import type { MonError } from '../errors.js'

/**
 * The aggregator's database. SQLite runs in a worker thread, so a query never holds
 * the event loop.
 *
 * Failures are MonErrors: DATABASE_FAILED with SQLite's error as its cause
 * (`sqliteCodeOf` reads the code), DATABASE_UNAVAILABLE where the file cannot be used.
 */
export interface Database {
  readonly file: string
  /**
   * Typed queries over the plugin's own tables (and core's `servers`).
   *
   * All queries share one connection, and a transaction holds it: inside one, use the
   * transaction's own object, for a query beside it would wait for it forever.
   * @example
   * database.query<{ open_files_peaks: PeaksTable }>().selectFrom('open_files_peaks').selectAll().execute()
   */
  query<Tables>(): Kysely<Tables>
}

/** The database as its owner holds it. */
export interface OpenDatabase extends Database {
  /** Opens the file now rather than at the first use. Rejects with DATABASE_UNAVAILABLE. */
  open(): Promise<void>
  /**
   * Writes a consistent, checked copy (mode 0600) and returns its path: `to`, or
   * `<file>.backup-<UTC>` beside the database. Never overwrites a file.
   */
  backup(to?: string): Promise<string>
  /**
   * Makes this process the only one that runs on the file, until it closes the database or ends.
   * Rejects with DATABASE_IN_USE where another one does.
   */
  claim(): Promise<void>
  /** Why the file cannot be used, as a query or the last check has found; null when all is well. */
  trouble(): MonError | null
  /**
   * Looks whether the file can still be written, and is still the one that was opened; `trouble`
   * says what came of it. A file that was deleted or replaced is saved beside itself, for what
   * is in it can be read as long as it is open, and takes no more changes. Never rejects.
   */
  check(): Promise<void>
  /** Waits for running statements and transactions. May be called again. */
  close(): Promise<void>
}

import type { Kysely } from 'kysely'
import type { MonError } from '../errors.js'
import type { DatabaseWorker, WorkerMethods } from './reader.js'

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
  /**
   * Runs a module of the plugin's own in a worker thread, with a connection that only reads, for
   * work that is heavy: a long query there holds up neither the event loop nor the one writer.
   * The thread starts at the first call, and is ended with the database.
   *
   * @param module what it exports as `open` makes the methods: see `OpenMethods`. It is loaded
   *   by Node alone, and imports from this package types only.
   * @example
   * // peaks-worker.ts
   * export const open: OpenMethods<PeakMethods> = (connection) => ({
   *   greatest: ({ limit }) => connection.rows('SELECT … LIMIT ?', [limit]),
   * })
   * // elsewhere
   * const worker = database.inWorker<PeakMethods>(new URL('./peaks-worker.js', import.meta.url))
   * await worker.call('greatest', { limit: 10 })
   */
  inWorker<Methods extends WorkerMethods<Methods>>(module: URL): DatabaseWorker<Methods>
  /**
   * Gives up to 4 MB of what was deleted back to the file system. Does nothing in a file that
   * version 1.0 made: there free pages are used again, and the file does not shrink.
   */
  shrink(): Promise<void>
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

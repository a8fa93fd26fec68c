/** What SQLite holds and gives. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** A connection that only reads, in a worker thread. */
export interface ReadConnection {
  /** The rows as arrays, in the order of the columns. Statements are prepared once. */
  rows(sql: string, parameters?: readonly SqlValue[]): SqlValue[][]
}

/** Each takes one value that can be copied to a thread, and gives one, at once or later. */
export type WorkerMethods<Methods> = { [Name in keyof Methods]: (input: never) => unknown }

/**
 * What a module that is run in a worker exports as `open`. Of what a method returns, the byte
 * arrays that stand in the object itself are handed over without a copy.
 */
export type OpenMethods<Methods extends WorkerMethods<Methods>> = (
  connection: ReadConnection,
) => Methods

/** The methods of such a module, called from the main thread. */
export interface DatabaseWorker<Methods extends WorkerMethods<Methods>> {
  /** Calls run one after the other. Fails like a query does. */
  call<Name extends keyof Methods & string>(
    name: Name,
    input: Parameters<Methods[Name]>[0],
  ): Promise<Awaited<ReturnType<Methods[Name]>>>
}

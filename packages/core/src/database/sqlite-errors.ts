import { MonError, messageOf } from '../errors.js'

/**
 * SQLite's own code of a failed statement, for instance `SQLITE_CONSTRAINT_UNIQUE`;
 * undefined where SQLite was not the cause.
 */
export function sqliteCodeOf(error: unknown): string | undefined {
  if (error instanceof MonError) return sqliteCodeOf(error.cause)
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code } = error
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined
}

/** The file, not the statement, is at fault for these; the text is what to do about it. */
const hints: Record<string, string> = {
  SQLITE_BUSY: 'Another process is writing to it: stop that process, or try again.',
  SQLITE_CANTOPEN: 'Check that the folder exists and belongs to the user who runs this.',
  SQLITE_CORRUPT: 'The file is damaged: put a backup in its place.',
  SQLITE_FULL: 'The disk is full: make room and try again.',
  SQLITE_IOERR: 'The disk failed: look at the system log.',
  SQLITE_NOTADB:
    'The file is not an SQLite database: check the path `database` in the configuration.',
  SQLITE_PERM: 'Check that the file belongs to the user who runs this.',
  SQLITE_READONLY: 'Check that the file and its folder can be written.',
}

/** DATABASE_UNAVAILABLE where the file cannot be used, else DATABASE_FAILED. */
export function statementError(file: string, cause: unknown): MonError {
  if (hintOf(cause)) return unavailable(file, cause)
  return new MonError('DATABASE_FAILED', `A database call failed: ${messageOf(cause)}`, { cause })
}

export function unavailable(file: string, cause: unknown, hint = hintOf(cause)): MonError {
  const message = `The database ${file} cannot be used: ${messageOf(cause)}`
  return new MonError('DATABASE_UNAVAILABLE', message, { cause, ...(hint && { hint }) })
}

/** Extended codes begin with the code they refine: SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT. */
function hintOf(cause: unknown): string | undefined {
  const [prefix, name] = sqliteCodeOf(cause)?.split('_') ?? []
  return hints[`${prefix}_${name}`]
}

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

const full = 'The disk is full: make room and try again.'
const notWritable = 'Check that the file and its folder can be written.'

/** The file, not the statement, is at fault for these; the text is what to do about it. */
const hints: Record<string, string> = {
  EACCES: notWritable,
  EDQUOT: full,
  ENOSPC: full,
  EPERM: notWritable,
  EROFS: notWritable,
  FILE_LOST: 'Stop the aggregator, put the file or a backup in its place, and start it again.',
  SQLITE_BUSY: 'Another process is writing to it: stop that process, or try again.',
  SQLITE_CANTOPEN: 'Check that the folder exists and belongs to the user who runs this.',
  SQLITE_CORRUPT: 'The file is damaged: put a backup in its place.',
  SQLITE_FULL: full,
  SQLITE_IOERR: 'The disk failed, or became read-only: look at the system log.',
  SQLITE_NOTADB:
    'The file is not an SQLite database: check the path `database` in the configuration.',
  SQLITE_PERM: 'Check that the file belongs to the user who runs this.',
  SQLITE_READONLY: notWritable,
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

/** Whether the file at this path is no longer the one that was opened. */
export function isFileLost(error: unknown): boolean {
  return error instanceof MonError && codeOf(error.cause) === 'FILE_LOST'
}

/** Extended codes begin with the code they refine: SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT. */
function hintOf(cause: unknown): string | undefined {
  return hints[codeOf(cause).split('_', 2).join('_')]
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

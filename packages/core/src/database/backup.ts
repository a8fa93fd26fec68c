import { MonError, messageOf } from '../errors.js'
import type { SqliteConnection } from './sqlite-connection.js'

/** Copies the database to `to`, or beside itself, and returns the copy's path. */
export async function backup(sqlite: SqliteConnection, file: string, to?: string): Promise<string> {
  const beside = `${file}.backup-${utcStamp(new Date())}`
  for (let n = 1; ; n++) {
    const path = to ?? (n === 1 ? beside : `${beside}-${n}`)
    try {
      await sqlite.backup(path)
      return path
    } catch (error) {
      // Two backups within one second: the later one gets a number.
      if (to === undefined && isTaken(error)) continue
      throw new MonError('DATABASE_FAILED', `The backup ${path} was not made: ${reasonOf(error)}`, {
        cause: error,
        hint: 'Choose a path that is free, in a folder that can be written.',
      })
    }
  }
}

/** For example `20261123T101500Z`. */
function utcStamp(date: Date): string {
  return date.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
}

function isTaken(error: unknown): boolean {
  const cause = error instanceof MonError ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}

function reasonOf(error: unknown): string {
  return messageOf(error instanceof MonError ? (error.cause ?? error) : error)
}

import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'

/** Where services often have no PATH. */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** @returns the path of a program, or null where there is none that may be run */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(':')) {
    if (!folder.startsWith('/')) continue
    const file = join(folder, name)
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return file
  }
  return null
}

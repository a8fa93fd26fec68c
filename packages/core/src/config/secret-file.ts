import { type FileHandle, open } from 'node:fs/promises'
import { MonError, messageOf } from '../errors.js'

/**
 * Reads a secret from a file that only its owner may read.
 *
 * @param key of the configuration that names the file
 * @param hint how to get such a file
 * @throws MonError SECRET_TOO_OPEN when others may read it (POSIX), CONFIG_UNREADABLE when it is missing or empty
 */
export async function readSecretFile(file: string, key: string, hint: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new MonError('CONFIG_UNREADABLE', `${key}: ${file} cannot be read: ${messageOf(error)}`, {
      hint,
      cause: error,
    })
  })
  const secret = await readPrivate(handle, file, key)
  if (secret !== '') return secret
  throw new MonError('CONFIG_UNREADABLE', `${key}: ${file} is empty.`, { hint })
}

/**
 * Does nothing on Windows, whose files have no mode.
 * @throws MonError SECRET_TOO_OPEN when others than its owner may read the file
 */
export function refuseOpenFile(file: string, mode: number, what: string): void {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  const octal = (mode & 0o777).toString(8).padStart(4, '0')
  throw new MonError('SECRET_TOO_OPEN', `${what}: ${file} has mode ${octal}; others can read it.`, {
    hint: `Run: chmod 600 '${file}'`,
  })
}

async function readPrivate(handle: FileHandle, file: string, key: string): Promise<string> {
  try {
    // The mode and the text come from the same open file, so it cannot be swapped in between.
    const { mode } = await handle.stat()
    refuseOpenFile(file, mode, key)
    return (await handle.readFile('utf8')).trim()
  } finally {
    await handle.close()
  }
}

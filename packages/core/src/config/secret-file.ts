import { open } from 'node:fs/promises'
import { MonError, messageOf } from '../errors.js'

/**
 * Reads a secret from a file that only its owner may read.
 * @throws MonError SECRET_TOO_OPEN when others may read it (POSIX), CONFIG_UNREADABLE when it is missing or empty
 */
export async function readSecretFile(file: string, key: string): Promise<string> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new MonError('CONFIG_UNREADABLE', `${key}: ${file} cannot be read: ${messageOf(error)}`, {
      hint: `Make one: (umask 077; openssl rand -hex 32 > '${file}')`,
      cause: error,
    })
  })
  try {
    // The mode and the text come from the same open file, so it cannot be swapped in between.
    const { mode } = await handle.stat()
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0')
      throw new MonError(
        'SECRET_TOO_OPEN',
        `${key}: ${file} has mode ${octal}; others can read it.`,
        {
          hint: `Run: chmod 600 '${file}'`,
        },
      )
    }
    const secret = (await handle.readFile('utf8')).trim()
    if (secret === '') throw new MonError('CONFIG_UNREADABLE', `${key}: ${file} is empty.`)
    return secret
  } finally {
    await handle.close()
  }
}

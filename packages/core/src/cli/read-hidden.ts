import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { MonError } from '../errors.js'

/**
 * Asks on the terminal for a line that is not shown. The prompt goes to standard error, for
 * standard output may lead into a file.
 *
 * @throws MonError CONFIG_INVALID on Ctrl-C and Ctrl-D
 */
export async function readHidden(prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  process.stderr.write(prompt)
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new MonError('CONFIG_INVALID', 'No password was given.')))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

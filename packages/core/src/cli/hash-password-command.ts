import { text } from 'node:stream/consumers'
import { MonError } from '../errors.js'
import { hashPassword } from '../http/password.js'
import { readHidden } from './read-hidden.js'
import { UsageError } from './usage-error.js'

const MIN_LENGTH = 8
const MAX_LENGTH = 1024

/**
 * `mon hash-password`: prints on standard output what `password_file` holds. It asks twice on a
 * terminal, without an echo; otherwise it takes the first line of standard input.
 */
export async function hashPasswordCommand(args: string[]): Promise<void> {
  // A password given as an argument would be in the process list and in the shell's history.
  if (args.length > 0) {
    throw new UsageError('The password is asked for, or read from standard input.')
  }
  const password = process.stdin.isTTY ? await ask() : await readLine()
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
    throw new MonError(
      'CONFIG_INVALID',
      `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters; this one has ${password.length}.`,
    )
  }
  console.log(await hashPassword(password))
}

async function ask(): Promise<string> {
  const password = await readHidden('Password: ')
  if (password === (await readHidden('Again: '))) return password
  throw new MonError('CONFIG_INVALID', 'The two are not the same.', { hint: 'Try again.' })
}

async function readLine(): Promise<string> {
  const [line = ''] = (await text(process.stdin)).split(/\r?\n/)
  return line
}

import { scryptSync } from 'node:crypto'
import { createLogin, type Login } from './login.js'
import { createPasswordCheck } from './password.js'

/** A login for tests, whose hash costs a thousandth of a real one. */
export function createSampleLogin(password: string, now?: () => number): Login {
  const isPassword = createPasswordCheck(cheapHash(password))
  if (isPassword === null) throw new Error('The sample hash is not valid')
  return createLogin(isPassword, now)
}

export function cheapHash(password: string): string {
  const salt = Buffer.from('a salt for tests')
  const hash = scryptSync(password.normalize('NFC'), salt, 32, { N: 1024, r: 1, p: 1 })
  const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$scrypt$ln=10,r=1,p=1$${encode(salt)}$${encode(hash)}`
}

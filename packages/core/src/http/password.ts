import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

export type PasswordCheck = (password: string) => Promise<boolean>

/** Some 0.2 s and 32 MiB an attempt, as OWASP recommends (2025). */
const cost: Cost = { log2_n: 15, r: 8, p: 3 }

/** @returns scrypt with its parameters and a fresh salt, in the form of a PHC string */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  const { log2_n, r, p } = cost
  return `$scrypt$ln=${log2_n},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * The check takes one password at a time and leaves the thread pool to others.
 * @returns null if the text is not what `hashPassword` gives, or would take more than 256 MiB
 */
export function createPasswordCheck(text: string): PasswordCheck | null {
  const stored = parse(text)
  if (stored === null) return null
  let last: Promise<unknown> = Promise.resolve()
  return (password) => {
    const check = last.then(async () =>
      timingSafeEqual(await derive(password, stored.salt, stored.cost), stored.hash),
    )
    last = check.catch(() => undefined)
    return check
  }
}

interface Cost {
  log2_n: number
  r: number
  p: number
}

const HASH_BYTES = 32
const MAX_MEMORY = 256 * 1024 * 1024

const form =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/

function parse(text: string): { cost: Cost; salt: Buffer; hash: Buffer } | null {
  const [, log2_n, r, p, salt = '', hash = ''] = form.exec(text) ?? []
  const parsed = { log2_n: Number(log2_n), r: Number(r), p: Number(p) }
  const isUsable =
    parsed.log2_n >= 10 && parsed.r >= 1 && parsed.p >= 1 && memoryOf(parsed) <= MAX_MEMORY
  if (!isUsable) return null
  return { cost: parsed, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

function derive(password: string, salt: Buffer, { log2_n, r, p }: Cost): Promise<Buffer> {
  const options = { N: 2 ** log2_n, r, p, maxmem: 2 * MAX_MEMORY }
  return new Promise((resolve, reject) => {
    // One keyboard writes é as one character, another as two.
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

function memoryOf({ log2_n, r, p }: Cost): number {
  return 128 * r * (2 ** log2_n + p)
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

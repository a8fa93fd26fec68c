import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPasswordCheck, hashPassword } from './password.js'
import { cheapHash } from './sample-login.js'

/** From RFC 7914, of which 32 bytes are used here. */
const rfcHash = Buffer.from(
  '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
  'hex',
)
const rfc = `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${rfcHash.toString('base64').replace('=', '')}`

describe('A password', () => {
  it('is right against its own hash only, and no two hashes are the same', async () => {
    const [one, two] = await Promise.all([
      hashPassword('correct horse'),
      hashPassword('correct horse'),
    ])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    const isPassword = createPasswordCheck(one)
    expect(await isPassword?.('correct horse')).toBe(true)
    expect(await isPassword?.('correct horse ')).toBe(false)
  })

  it('is hashed as the standard says', async () => {
    const isPassword = createPasswordCheck(rfc)
    expect(await isPassword?.('pleaseletmein')).toBe(true)
    expect(await isPassword?.('pleaseletmeout')).toBe(false)
  })

  it('is the same however the keyboard composes its accents', async () => {
    expect(await createPasswordCheck(cheapHash('caf\u00e9 2025'))?.('cafe\u0301 2025')).toBe(true)
  })

  it('does not hold the event loop while it is checked', async () => {
    let turned = false
    setImmediate(() => {
      turned = true
    })
    await createPasswordCheck(rfc)?.('pleaseletmein')
    expect(turned).toBe(true)
  })

  it('of many that are checked at once each gets its own answer', async () => {
    const isPassword = createPasswordCheck(cheapHash('7'))
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => isPassword?.(`${n}`)))
    expect(answers.map((answer, n) => [n, answer]).filter(([, answer]) => answer)).toEqual([
      [7, true],
    ])
  })
})

describe('A stored hash', () => {
  it.each([
    ['a password in clear', 'correct horse'],
    ['another algorithm', rfc.replace('scrypt', 'argon2id')],
    ['no salt', rfc.replace('U29kaXVtQ2hsb3JpZGU', '')],
    ['a hash cut short', rfc.slice(0, -1)],
    ['a cost that would take all memory', rfc.replace('ln=14', 'ln=30')],
    ['a cost that is none', rfc.replace('ln=14', 'ln=0')],
    ['no parallelism', rfc.replace('p=1', 'p=0')],
    ['two lines', `${rfc}\n${rfc}`],
  ])('with %s is refused', (_, text) => {
    expect(createPasswordCheck(text)).toBeNull()
  })

  it('is refused or checked, whatever it holds', async () => {
    const number = fc.integer({ min: 0, max: 99 })
    await fc.assert(
      fc.asyncProperty(number, number, number, async (ln, r, p) => {
        // The dear ones are left out for time; that they are refused at all is said above.
        fc.pre(ln > 20 || 2 ** ln * r * p < 2 ** 16)
        const isPassword = createPasswordCheck(
          rfc.replace('ln=14,r=8,p=1', `ln=${ln},r=${r},p=${p}`),
        )
        if (isPassword !== null) expect(await isPassword('other')).toBe(false)
      }),
    )
  })
})

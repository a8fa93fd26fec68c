import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createPasswordCheck } from '../src/http/password.js'

const bin = fileURLToPath(new URL('../bin/mon.mjs', import.meta.url))
const script = '/usr/bin/script'

async function hashPassword(input: string, ...args: string[]) {
  const child = spawn(process.execPath, [bin, 'hash-password', ...args])
  child.stdin.end(input)
  const [out, err, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { out, err, status }
}

describe('mon hash-password', () => {
  it.each(['correct horse\n', 'correct horse', 'correct horse\r\nmore\n'])(
    'takes the first line of %j, and prints its hash alone',
    async (input) => {
      const { out, err, status } = await hashPassword(input)
      expect([status, err]).toEqual([0, ''])
      expect(await createPasswordCheck(out.trim())?.('correct horse')).toBe(true)
    },
  )

  it('refuses a password that is too short, and prints no hash', async () => {
    expect(await hashPassword('short\n')).toEqual({
      status: 1,
      out: '',
      err: expect.stringContaining('8 to 1024 characters; this one has 5'),
    })
    expect(await hashPassword('')).toMatchObject({ status: 1, out: '' })
  })

  it('takes no password as an argument, where others could read it', async () => {
    const { status, out, err } = await hashPassword('', 'correct-horse')
    expect([status, out]).toEqual([2, ''])
    expect(err).not.toContain('correct-horse')
  })
})

describe.skipIf(!existsSync(script))('mon hash-password on a terminal', () => {
  /** Answers each prompt, as someone at a keyboard would. */
  async function type(...answers: string[]) {
    const command = `'${process.execPath}' '${bin}' hash-password`
    const child = spawn(script, ['-qec', command, '/dev/null'])
    let shown = ''
    const unanswered = [...answers]
    let prompts = 0
    child.stdout.on('data', (chunk) => {
      shown += chunk
      const asked = shown.match(/Password: |Again: /g)?.length ?? 0
      for (; prompts < asked; prompts++) child.stdin.write(unanswered.shift() ?? '\x03')
    })
    const [status] = await once(child, 'close')
    return { shown, status }
  }

  it('asks twice and shows nothing of what is typed', async () => {
    const { shown, status } = await type('correct horse\r', 'correct horse\r')
    expect(status).toBe(0)
    expect(shown).not.toContain('horse')
    const [hash = ''] = /\$scrypt\S+/.exec(shown) ?? []
    expect(await createPasswordCheck(hash)?.('correct horse')).toBe(true)
  })

  it('gives up when the two differ, and on Ctrl-C and Ctrl-D', async () => {
    const differ = await type('correct horse\r', 'correct house\r')
    expect(differ.status).toBe(1)
    expect(differ.shown).toContain('The two are not the same.')
    for (const key of ['\x03', '\x04']) {
      const { status, shown } = await type(key)
      expect(status).toBe(1)
      expect(shown).toContain('No password was given.')
    }
  })
})

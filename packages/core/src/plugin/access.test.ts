import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '../http/listen.js'
import { createSampleCertificate } from '../http/sample-certificate.js'
import { cheapHash } from '../http/sample-login.js'
import { createSampleServer } from '../http/sample-server.js'
import { type AccessConfig, accessCheck, resolveAccess } from './access.js'

async function file(name: string, text: string, mode = 0o600): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'mon-access-')), name)
  await writeFile(path, text, { mode })
  return path
}

async function tlsFiles(validTo?: Date) {
  const { cert, key } = createSampleCertificate(validTo)
  return { cert_file: await file('cert.pem', cert, 0o644), key_file: await file('key.pem', key) }
}

describe('Access', () => {
  it('is open on loopback without token and password', async () => {
    expect(await resolveAccess({ listen: '127.0.0.1:7880' })).toEqual({
      address: { host: '127.0.0.1', port: 7880 },
      token: null,
      login: null,
      tls: null,
    })
  })

  it.each(['0.0.0.0:7880', '[::]:7880', '192.0.2.1:7880', 'mon.example:7880'])(
    'from other machines, at %s, needs a token or a password; the refusal says how to set them',
    async (address) => {
      await expect(resolveAccess({ listen: address })).rejects.toMatchObject({
        code: 'LISTEN_REFUSED',
        hint: expect.stringMatching(/openssl.*token_file.*mon hash-password.*password_file/),
      })
      // A certificate says who we are, not who may call.
      await expect(resolveAccess({ listen: address, tls: await tlsFiles() })).rejects.toMatchObject(
        { code: 'LISTEN_REFUSED' },
      )
    },
  )

  it('from other machines is by token, by password, or by both', async () => {
    const token_file = await file('token', 'a-token\n')
    const password_file = await file('password', `${cheapHash('correct horse')}\n`)
    const listen = '0.0.0.0:7880'
    expect(await resolveAccess({ listen, token_file })).toMatchObject({
      token: 'a-token',
      login: null,
    })
    const { token, login } = await resolveAccess({ listen, password_file })
    expect(token).toBeNull()
    expect(await login?.attempt('correct horse', 'here')).toMatchObject({ outcome: 'accepted' })
    expect(await login?.attempt('wrong horse', 'here')).toEqual({ outcome: 'refused' })
  })

  it('by a password file that holds the password itself is refused, and it is not printed', async () => {
    const password_file = await file('password', 'correct horse')
    await expect(resolveAccess({ listen: '127.0.0.1:0', password_file })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.not.stringContaining('correct horse'),
      hint: `Make one: (umask 077; mon hash-password > '${password_file}')`,
    })
  })

  it.skipIf(process.platform === 'win32').each(['token_file', 'password_file'] as const)(
    'by a %s that others can read is refused',
    async (key) => {
      const path = await file('secret', cheapHash('correct horse'), 0o640)
      await expect(resolveAccess({ listen: '127.0.0.1:0', [key]: path })).rejects.toMatchObject({
        code: 'SECRET_TOO_OPEN',
        hint: `Run: chmod 600 '${path}'`,
      })
    },
  )
})

describe('The check of mon doctor', () => {
  const run = (config: AccessConfig) => accessCheck(config).run()

  it('says that the address is free, and who may call', async () => {
    expect(await run({ listen: '127.0.0.1:0' })).toBe('127.0.0.1:0 is free; on this machine only')
    const token_file = await file('token', 'a-token')
    const password_file = await file('password', cheapHash('correct horse'))
    expect(await run({ listen: '0.0.0.0:0', token_file, password_file })).toBe(
      '0.0.0.0:0 is free; with a token and a password, unencrypted: set tls, or use a proxy that does',
    )
    expect(await run({ listen: '0.0.0.0:0', password_file, tls: await tlsFiles() })).toMatch(
      /^0\.0\.0\.0:0 is free; with a password, the certificate is valid until .+ GMT$/,
    )
  })

  it.each([false, true])('sees that the program runs there (TLS: %s)', async (isTls) => {
    const config = isTls ? { tls: await tlsFiles() } : {}
    const { tls } = await resolveAccess({ listen: '127.0.0.1:0', ...config })
    const { app } = createSampleServer({ tls })
    onTestFinished(() => app.close())
    const { host } = new URL(await listen(app, { host: '127.0.0.1', port: 0 }))
    expect(await run({ listen: host, ...config })).toContain('is served: the program runs')
  })

  it('sees that another program is there', async () => {
    const { app } = createSampleServer({ allowed_hosts: [] })
    onTestFinished(() => app.close())
    const { host } = new URL(await listen(app, { host: '127.0.0.1', port: 0 }))
    await expect(run({ listen: host, tls: await tlsFiles() })).rejects.toMatchObject({
      code: 'LISTEN_FAILED',
    })
  })

  it('fails for a certificate that has expired', async () => {
    const tls = await tlsFiles(new Date('2025-11-01'))
    await expect(run({ listen: '127.0.0.1:0', tls })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('has expired on Nov  1'),
    })
  })
})

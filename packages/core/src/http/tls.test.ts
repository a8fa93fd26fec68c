import { chmod, mkdtemp, rename, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from './listen.js'
import { createSampleCertificate } from './sample-certificate.js'
import { createSampleLogin } from './sample-login.js'
import { createSampleServer } from './sample-server.js'
import { createTlsServer, readTls, type TlsFiles } from './tls.js'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function certificateFiles(pair = createSampleCertificate()): Promise<TlsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'mon-tls-'))
  const files = { cert_file: join(folder, 'cert.pem'), key_file: join(folder, 'key.pem') }
  await writeFile(files.cert_file, pair.cert)
  await writeFile(files.key_file, pair.key, { mode: 0o600 })
  return files
}

describe('A server with a certificate', () => {
  async function start() {
    const { cert, key } = createSampleCertificate()
    const tls = await readTls(await certificateFiles({ cert, key }))
    const { app, logged } = createSampleServer({ tls, login: createSampleLogin('correct horse') })
    closing.push(() => app.close())
    const url = await listen(app, { host: '127.0.0.1', port: 0 })
    return { app, logged, url, cert }
  }

  interface Asked {
    ca: string
    method?: string
    headers?: Record<string, string>
    body?: string
  }

  function ask(url: string, { body, ...options }: Asked) {
    return new Promise<{ status: number; cookie: string; text: string }>((resolve, reject) => {
      const sent = request(url, { ...options, agent: false }, async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        const cookie = String(response.headers['set-cookie'])
        resolve({ status: response.statusCode ?? 0, cookie, text })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }

  it('is reached by HTTPS, as its address says, and not by HTTP', async () => {
    const { url, cert, logged } = await start()
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(logged.join()).toContain(`listening on ${url}`)
    expect(await ask(`${url}/healthz`, { ca: cert })).toMatchObject({ status: 200 })
    await expect(fetch(`${url.replace('https', 'http')}/healthz`)).rejects.toThrow()
  })

  it('opens sessions whose cookie never leaves HTTPS, for pages of its own only', async () => {
    const { url, cert } = await start()
    const logIn = (origin: string) =>
      ask(`${url}/api/login`, {
        ca: cert,
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ password: 'correct horse' }),
      })
    const { status, cookie } = await logIn(url)
    expect(status).toBe(204)
    expect(cookie).toMatch(/^__Host-mon_session=.*; Secure$/)
    const [pair = ''] = cookie.split(';')
    expect(await ask(`${url}/api/things`, { ca: cert, headers: { cookie: pair } })).toMatchObject({
      status: 200,
    })
    expect(await logIn(url.replace('https', 'http'))).toMatchObject({ status: 403 })
  })

  it('refuses huge headers in words, too', async () => {
    const { url, cert } = await start()
    const answer = await ask(`${url}/healthz`, { ca: cert, headers: { x: 'x'.repeat(20_000) } })
    expect(answer.status).toBe(431)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'HEADERS_TOO_LARGE' })
  })
})

describe('A renewed certificate', () => {
  async function start() {
    const files = await certificateFiles()
    const logged: { level: number; msg: string; err?: { message: string } }[] = []
    const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line)) })
    const tls = await readTls(files)
    const server = createTlsServer(tls, (_, response) => response.end('ok'), log, 10)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => {
      server.close()
      server.closeAllConnections()
    })
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { files, logged, port, tls }
  }

  /** The certificate that a new connection is shown. */
  function shown(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.toString().trim() ?? '')
        socket.destroy()
      })
      socket.on('error', reject)
    })
  }

  /** As renewal tools do: a new file in the place of the old. */
  async function replace(file: string, text: string): Promise<void> {
    await writeFile(`${file}.new`, text, { mode: 0o600 })
    await rename(`${file}.new`, file)
  }

  it('is shown to new connections, and open ones stay', async () => {
    const { files, port } = await start()
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
    closing.push(() => agent.destroy())
    const ports = new Set<number | undefined>()
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        const sent = request({ port, host: '127.0.0.1', agent }, (response) => {
          ports.add(response.socket.localPort)
          response.resume().on('end', resolve)
        })
        sent.on('error', reject).end()
      })
    await ask()

    const renewed = createSampleCertificate()
    await replace(files.key_file, renewed.key)
    await replace(files.cert_file, renewed.cert)
    await expect.poll(() => shown(port), { timeout: 10_000 }).toBe(renewed.cert.trim())
    await ask()
    expect(ports.size).toBe(1)
  })

  it.each([
    ['is cut short', async ({ cert_file }: TlsFiles) => replace(cert_file, '-----BEGIN')],
    [
      'has another key',
      async ({ key_file }: TlsFiles) => replace(key_file, createSampleCertificate().key),
    ],
    ['has a key open to others', async ({ key_file }: TlsFiles) => chmod(key_file, 0o644)],
  ])('that %s is not taken: the old one stays, and the log says why, once', async (_, spoil) => {
    const { files, logged, port, tls } = await start()
    await spoil(files)
    await expect.poll(() => logged.length, { timeout: 10_000 }).toBe(1)
    expect(logged[0]).toMatchObject({
      level: 50,
      err: { message: expect.stringContaining(files.cert_file.slice(0, -8)) },
    })
    expect(await shown(port)).toBe(tls.cert)

    const renewed = createSampleCertificate()
    await replace(files.key_file, renewed.key)
    await replace(files.cert_file, renewed.cert)
    await expect.poll(() => shown(port), { timeout: 10_000 }).toBe(renewed.cert.trim())
    const said = logged.map(({ msg, err }) => `${msg}: ${err?.message}`)
    expect(said).toEqual([...new Set(said)])
  })
})

describe('A certificate', () => {
  it('whose key is open to others is refused, with the command to run', async () => {
    const files = await certificateFiles()
    await chmod(files.key_file, 0o640)
    await expect(readTls(files)).rejects.toMatchObject({
      code: 'SECRET_TOO_OPEN',
      hint: `Run: chmod 600 '${files.key_file}'`,
    })
  })

  it('that does not belong to its key is refused', async () => {
    const files = await certificateFiles({
      cert: createSampleCertificate().cert,
      key: createSampleCertificate().key,
    })
    await expect(readTls(files)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('key values mismatch'),
    })
  })

  it('that is not there is named', async () => {
    await expect(readTls({ cert_file: '/nowhere/cert.pem', key_file: 'x' })).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining('tls.cert_file: /nowhere/cert.pem'),
    })
  })
})

import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSampleCertificate } from '../http/sample-certificate.js'
import { startTestAgent } from '../testing/test-agent.js'
import { askHealth } from './ask-health.js'

async function secrets() {
  const folder = await mkdtemp(join(tmpdir(), 'mon-ask-'))
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const { cert, key } = createSampleCertificate()
  return {
    token_file: await write('token', 'a-token'),
    tls: { cert_file: await write('cert.pem', cert), key_file: await write('key.pem', key) },
  }
}

/** Listens on loopback until the test ends. */
async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `127.0.0.1:${address.port}`
}

describe('A host that runs', () => {
  it.each(['http', 'https'])(
    'tells over %s all that it tells who has its token',
    async (scheme) => {
      const { token_file, tls } = await secrets()
      const access = scheme === 'https' ? { token_file, tls } : { token_file }
      const agent = await startTestAgent([], access)
      onTestFinished(agent.stop)
      const { port } = new URL(agent.url)
      expect(await askHealth({ listen: `127.0.0.1:${port}`, ...access })).toMatchObject({
        url: agent.url,
        report: { status: 'ok', plugins: [{ id: 'system', state: 'ready' }] },
      })
    },
  )

  it('tells no more than that it runs to who has no token', async () => {
    const { token_file } = await secrets()
    const agent = await startTestAgent([], { token_file })
    onTestFinished(agent.stop)
    const listen = new URL(agent.url).host
    expect(await askHealth({ listen })).toEqual({ url: agent.url, report: 'locked' })
  })

  it('is asked by loopback where it listens on every network', async () => {
    const { token_file } = await secrets()
    const agent = await startTestAgent([], { token_file, listen: '0.0.0.0:0' })
    onTestFinished(agent.stop)
    const { port } = new URL(agent.url)
    expect(await askHealth({ listen: `0.0.0.0:${port}`, token_file })).toMatchObject({
      url: `http://127.0.0.1:${port}`,
      report: { status: 'ok' },
    })
  })
})

describe('Where the host does not run', () => {
  it('nobody answers', async () => {
    expect(await askHealth({ listen: '127.0.0.1:9' })).toEqual({
      url: 'http://127.0.0.1:9',
      report: null,
    })
  })

  it.each([
    ['text', 'It works!'],
    ['JSON of its own', '{"status":"fine"}'],
  ])('another program may answer with %s', async (_, text) => {
    const listen = await listening(createServer((_request, response) => response.end(text)))
    expect((await askHealth({ listen })).report).toBeNull()
  })

  it('another certificate is shown, and the token is told to nobody', async () => {
    const { token_file, tls } = await secrets()
    const requests: unknown[] = []
    const impostor = createTlsServer(createSampleCertificate(), (request, response) => {
      requests.push(request)
      response.end()
    })
    const listen = await listening(impostor)
    await expect(askHealth({ listen, token_file, tls })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('shows another certificate than'),
    })
    expect(requests).toEqual([])
  })
})

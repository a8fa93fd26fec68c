import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createSampleCertificate } from '../http/sample-certificate.js'
import { startTestAgent } from '../testing/index.js'

it('An agent with a certificate and a token answers over HTTPS, and those only who have the token', async () => {
  const { cert, key } = createSampleCertificate()
  const folder = await mkdtemp(join(tmpdir(), 'mon-access-'))
  const tls = { cert_file: join(folder, 'cert.pem'), key_file: join(folder, 'key.pem') }
  const token_file = join(folder, 'token')
  await writeFile(tls.cert_file, cert)
  await writeFile(tls.key_file, key, { mode: 0o600 })
  await writeFile(token_file, 'a-token', { mode: 0o600 })
  const agent = await startTestAgent([], { tls, token_file })
  onTestFinished(agent.stop)

  async function ask(path: string, headers = {}): Promise<number | undefined> {
    const sent = request(agent.url + path, { ca: cert, headers, agent: false }).end()
    const [response]: IncomingMessage[] = await once(sent, 'response')
    response?.resume()
    return response?.statusCode
  }
  expect(await ask('/v1/snapshot')).toBe(401)
  expect(await ask('/v1/snapshot', { authorization: 'Bearer a-token' })).toBe(200)
  expect(await ask('/healthz')).toBe(200)
  expect(await ask('/api/session', { authorization: 'Bearer a-token' })).toBe(404)
})

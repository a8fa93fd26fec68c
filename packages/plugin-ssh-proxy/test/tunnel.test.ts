import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ProxyAgent, startProxyAgent } from './rig/agent.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'
import { isRunning, kill, until } from './rig/processes.js'

const run = promisify(execFile)

describe.skipIf(!hasSshd)('A tunnel', { timeout: 60_000 }, () => {
  let centre: Centre
  let agent: ProxyAgent

  beforeEach(async () => {
    centre = await startCentre()
    agent = await startProxyAgent(centre)
  })
  afterEach(async () => {
    await agent.stop()
    await centre.stop()
  })

  it('takes a program on the server to an HTTPS address through the proxy of the centre', async () => {
    const https = await startHttps(centre.folder)
    try {
      await agent.start(centre.config)
      const status = await agent.reaches('connected', null)
      expect(status).toMatchObject({
        listen_port: centre.config.server_listen_port,
        target: `${centre.config.center_ssh_user}@127.0.0.1:${centre.config.center_ssh_port} → 127.0.0.1:${centre.config.center_proxy_port}`,
        retry_count: 0,
        next_retry_at: null,
        probe: { ok: true },
      })
      const proxy = `http://127.0.0.1:${centre.config.server_listen_port}`
      const { stdout } = await run('curl', [
        '-sS',
        '--noproxy',
        '',
        '--write-out',
        ', %{http_connect}',
        '--max-time',
        '10',
        '--cacert',
        https.cert,
        '--proxy',
        proxy,
        https.url,
      ])
      // 200 is the proxy's answer to CONNECT: it did not go around it.
      expect(stdout).toBe('through the tunnel, 200')
    } finally {
      https.stop()
    }
  })

  it('is stopped without a trace of ssh', async () => {
    await agent.start(centre.config)
    const { pid } = await agent.reaches('connected')
    expect(pid).toEqual(expect.any(Number))
    expect(await agent.stopTunnel()).toMatchObject({
      status: 'stopped',
      pid: null,
      connected_since: null,
      last_error: null,
    })
    expect(isRunning(pid ?? 0)).toBe(false)
  })

  it('comes up with the agent, from a configuration that only its owner may read', async () => {
    await agent.start(centre.config)
    await agent.reaches('connected')
    await agent.stop()
    const state = join(centre.folder, 'state')
    expect((await stat(state)).mode & 0o777).toBe(0o700)
    expect((await stat(join(state, 'proxy.json'))).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(join(state, 'proxy.json'), 'utf8'))).toEqual(centre.config)

    agent = await startProxyAgent(centre)
    await agent.reaches('connected')
    await agent.stop()

    await chmod(join(state, 'proxy.json'), 0o644)
    agent = await startProxyAgent(centre)
    const { last_error } = await agent.reaches('failed', 'SECRET_TOO_OPEN')
    expect(last_error?.hint).toBe(`Run: chmod 600 '${join(state, 'proxy.json')}'`)
  })

  it('is connected again when its ssh was ended, by whom and how ever', async () => {
    await agent.start(centre.config)
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const before = await agent.reaches('connected')
      kill(before.pid ?? 0, signal)
      await until('another ssh runs', async () => {
        const { status, pid } = await agent.status()
        return status === 'connected' && pid !== before.pid
      })
    }
    const { events } = await agent.status()
    expect(events.map(({ status, code }) => [status, code])).toEqual([
      ['starting', null],
      ['connected', null],
      ['reconnecting', 'SSH_FAILED'],
      ['connected', null],
      ['reconnecting', 'SSH_FAILED'],
      ['connected', null],
    ])
  })

  it('whose ssh does not hear SIGTERM is stopped all the same', async () => {
    await agent.start(centre.config)
    const { pid } = await agent.reaches('connected')
    kill(pid ?? 0, 'SIGSTOP')
    await agent.stopTunnel()
    expect(isRunning(pid ?? 0)).toBe(false)
  })

  it('says that the proxy is down while ssh lives, and is well again when it is back', async () => {
    await agent.start(centre.config)
    const { pid, connected_since } = await agent.reaches('connected')
    await centre.stopProxy()
    const down = await agent.reaches('degraded', 'PROXY_DOWN')
    expect(down).toMatchObject({ pid, connected_since, healthy_since: null, probe: { ok: false } })
    await centre.startProxy()
    expect(await agent.reaches('connected', null)).toMatchObject({ pid, connected_since })
  })
})

/** An HTTPS server with a certificate of its own, on 127.0.0.1. */
async function startHttps(folder: string) {
  const key = join(folder, 'https.key')
  const cert = join(folder, 'https.pem')
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-days', '1', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  )
  const server = createServer(
    { key: await readFile(key), cert: await readFile(cert) },
    (_request, response) => response.end('through the tunnel'),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return { cert, url: `https://localhost:${port}/`, stop: () => server.close() }
}

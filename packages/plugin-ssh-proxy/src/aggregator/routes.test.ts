import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createGuard, Type } from '@mon/core'
import { startTestAggregator, type TestAggregator } from '@mon/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sshProxy } from '../index.js'
import {
  type StandInAgent,
  sampleConfig,
  startStandInAgent,
  tunnelOf,
} from './testdata/stand-in-agent.js'

describe('the API of tunnels', () => {
  let agent: StandInAgent
  let aggregator: TestAggregator

  beforeEach(async () => {
    agent = await startStandInAgent()
    aggregator = await startTestAggregator([sshProxy])
    await add('gpu-01', agent)
  })
  afterEach(async () => {
    await aggregator.stop()
    await agent.stop()
  })

  const add = (name: string, { url }: Pick<StandInAgent, 'url'>) =>
    aggregator.request('POST', '/api/servers', { name, base_url: url })

  /** Asks, and holds what comes of it against the API reference. */
  async function ask(method: string, path: string, body?: unknown, headers = {}) {
    const response = await fetch(aggregator.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    const document = await (await fetch(`${aggregator.url}/openapi.json`)).json()
    const operation = document.paths[path.replace(/\d+/, '{id}')][method.toLowerCase()]
    const { content } = operation.responses[response.status] ?? operation.responses.default
    const { schema } = content[response.ok ? 'application/json' : 'application/problem+json']
    const described = Type.Unsafe(response.ok ? schema : document.components.schemas.Problem)
    expect(createGuard(described)(answer), JSON.stringify(answer)).toBe(true)
    return { status: response.status, etag: response.headers.get('etag'), answer }
  }
  const read = () => ask('GET', '/api/servers/1/proxy')
  const put = (body: unknown, headers = {}) => ask('PUT', '/api/servers/1/proxy', body, headers)
  const polled = (proxy_status: string | null, id = 1) =>
    expect
      .poll(() => aggregator.request('GET', `/api/servers/${id}`), { timeout: 10_000 })
      .toMatchObject({ latest: { proxy_status } })

  it('has no configuration before one is saved, and says how the tunnel fares all the same', async () => {
    const { status, answer } = await read()
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      config: null,
      status: { status: 'stopped' },
      status_error: null,
    })
  })

  it('saves without a start, and knows it after the aggregator has started anew', async () => {
    const config = sampleConfig({ server_listen_port: 9090 })
    const { answer } = await put({ config, action: null })
    expect(answer).toMatchObject({ config, action: null })
    expect((await put({ action: null })).answer).toMatchObject({ config })
    expect(agent.asked).toEqual([])
    const copy = join(await mkdtemp(join(tmpdir(), 'mon-tunnels-')), 'monitor.db')
    const source = new DatabaseSync(aggregator.database, { readOnly: true })
    source.exec(`VACUUM INTO '${copy}'`)
    expect(source.prepare('SELECT proxy_config FROM servers').all()).toEqual([
      { proxy_config: JSON.stringify(config) },
    ])
    source.close()
    const later = await startTestAggregator([sshProxy], { database: copy })
    expect(await later.request('GET', '/api/servers/1/proxy')).toMatchObject({ config })
    await later.stop()
  })

  it('takes what somebody wrote into the database by hand, and is not valid, for nothing', async () => {
    const database = new DatabaseSync(aggregator.database)
    database.exec(`UPDATE servers SET proxy_config = '{"enabled": 1}'`)
    database.close()
    expect((await read()).answer.config).toBeNull()
    expect((await ask('GET', '/api/proxies')).answer).toEqual([])
  })

  it('fills in what has a default', async () => {
    const { center_ssh_host, center_ssh_user, identity_file } = sampleConfig()
    const { answer } = await put({ config: { center_ssh_host, center_ssh_user, identity_file } })
    expect(answer.config).toEqual(sampleConfig())
  })

  it('sends the configuration with a start, and tells what the agent says', async () => {
    const config = sampleConfig()
    const { answer } = await put({ config, action: 'start' })
    expect(agent.asked).toEqual([{ action: 'start', body: { config } }])
    expect(answer).toMatchObject({
      config,
      status: { status: 'starting' },
      action: { action: 'start', ok: true, error: null },
    })
  })

  it('starts and stops by what is saved, where no configuration is sent', async () => {
    const config = sampleConfig()
    await put({ config })
    await put({ action: 'start' })
    const { answer } = await put({ action: 'stop' })
    expect(agent.asked).toEqual([
      { action: 'start', body: { config } },
      { action: 'stop', body: undefined },
    ])
    expect(answer).toMatchObject({ config, status: { status: 'stopped' }, action: { ok: true } })
  })

  it('leaves it to the agent which configuration it has, where none is saved', async () => {
    const problem = { status: 409, code: 'PROXY_NOT_CONFIGURED', detail: 'None.', hint: 'Send it.' }
    agent.refusal = problem
    const { status, answer } = await put({ action: 'start' })
    expect(status).toBe(200)
    expect(agent.asked).toEqual([{ action: 'start', body: {} }])
    expect(answer.action).toMatchObject({ ok: false, error: { code: 'PROXY_NOT_CONFIGURED' } })
  })

  it('stops a tunnel that is disabled, and refuses its start without saving anything', async () => {
    const config = sampleConfig({ enabled: false })
    const { answer } = await put({ config })
    expect(agent.asked).toEqual([{ action: 'stop', body: { config } }])
    expect(answer).toMatchObject({ config, action: { action: 'stop', ok: true } })

    for (const body of [
      { action: 'start' },
      { config: { ...config, auto_start: false }, action: 'start' },
    ]) {
      const refused = await put(body)
      expect(refused.status).toBe(409)
      expect(refused.answer).toMatchObject({
        code: 'PROXY_DISABLED',
        hint: expect.stringContaining('enabled'),
      })
    }
    expect((await read()).answer.config).toEqual(config)
    expect(agent.asked).toHaveLength(1)
  })

  it('stops one that is disabled also where the agent does not allow the rest of it', async () => {
    agent.tunnel = tunnelOf('connected')
    agent.refusal = { status: 403, code: 'REMOTE_CONFIG_REFUSED', detail: 'No.', hint: 'Set it.' }
    const config = sampleConfig({ enabled: false, center_ssh_host: 'elsewhere' })
    await put({ config })
    expect(agent.asked).toEqual([
      { action: 'stop', body: { config } },
      { action: 'stop', body: undefined },
    ])
  })

  it('tells what the agent does not allow, in its own words, and keeps the configuration', async () => {
    agent.refusal = {
      status: 403,
      code: 'REMOTE_CONFIG_REFUSED',
      detail: '10.0.0.2 is not among allowed_ssh_hosts.',
      hint: "Set allowed_ssh_hosts in the agent's file.",
    }
    const config = sampleConfig()
    const { status, answer } = await put({ config, action: 'start' })
    expect(status).toBe(200)
    const { code, detail: message, hint } = agent.refusal
    expect(answer).toMatchObject({
      config,
      status: { status: 'stopped' },
      action: { action: 'start', ok: false, error: { code, message, hint } },
    })
    expect((await read()).answer.config).toEqual(config)
  })

  it('keeps the configuration where the agent cannot be reached, and says why', async () => {
    await agent.stop()
    const config = sampleConfig()
    const { status, answer } = await put({ config, action: 'start' })
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      config,
      status: null,
      status_error: { code: 'AGENT_UNREACHABLE' },
      action: { ok: false, error: { code: 'AGENT_UNREACHABLE', hint: expect.any(String) } },
    })
    expect((await read()).answer).toMatchObject({
      config,
      status: null,
      status_error: { code: 'AGENT_UNREACHABLE' },
    })
    agent = await startStandInAgent()
  })

  it('says that the agent has no such plugin', async () => {
    agent.hasPlugin = false
    expect((await read()).answer).toMatchObject({
      status: null,
      status_error: { code: 'PROXY_NOT_INSTALLED', hint: expect.stringContaining('plugins') },
    })
  })

  it('takes a status with what the contract names and nothing more, and no other answer', async () => {
    const { status, pid, listen_port, target, last_error, connected_since, retry_count } =
      tunnelOf('connected')
    agent.answer = { status, pid, listen_port, target, last_error, connected_since, retry_count }
    expect((await read()).answer.status).toMatchObject({
      status: 'connected',
      next_retry_at: null,
      events: [],
    })
    agent.answer = { status: 'flying' }
    expect((await read()).answer).toMatchObject({
      status: null,
      status_error: { code: 'AGENT_HTTP_ERROR' },
    })
  })

  it.each([
    ['center_ssh_host', '-oProxyCommand=reboot'],
    ['center_ssh_host', 'a b'],
    ['center_ssh_user', 'op@elsewhere'],
    ['identity_file', '/home/op/../root/.ssh/id'],
    ['identity_file', '~/.ssh/id'],
    ['server_listen_port', 70_000],
    ['center_proxy_port', '7879'],
    ['enabled', 'yes'],
  ])('refuses a bad %s by its name, and saves nothing: %s', async (field, value) => {
    const config = { ...sampleConfig(), [field]: value }
    const { status, answer } = await put({ config, action: 'start' })
    expect(status).toBe(400)
    expect(answer).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ path: `body.config.${field}` }],
    })
    expect((await read()).answer.config).toBeNull()
    expect(agent.asked).toEqual([])
  })

  it.each([
    [{ config: { ...sampleConfig(), password: 'x' } }, 'body.config.password'],
    [{ config: sampleConfig(), action: 'restart' }, 'body.action'],
    [{ config: null }, 'body.config'],
    [{ settings: {} }, 'body.settings'],
  ])('refuses a body that it does not know: %j', async (body, path) => {
    const { status, answer } = await put(body)
    expect(status).toBe(400)
    expect(answer.errors).toEqual(expect.arrayContaining([expect.objectContaining({ path })]))
  })

  it('lets the last write win without If-Match, and of two editors with it only one', async () => {
    const { etag } = await read()
    expect(etag).toMatch(/^"[\w-]+"$/)
    const ports = [9001, 9002, 9003]
    const write = (port: number, headers = {}) =>
      put({ config: sampleConfig({ server_listen_port: port }) }, headers)

    const both = await Promise.all(ports.map((port) => write(port, { 'if-match': etag })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412, 412])
    expect(both.find(({ status }) => status === 412)?.answer).toMatchObject({
      code: 'PRECONDITION_FAILED',
      hint: expect.any(String),
    })

    expect((await write(9004, { 'if-match': etag })).status).toBe(412)
    const newer = (await read()).etag
    expect(newer).not.toBe(etag)
    expect((await write(9005, { 'if-match': `"other", ${newer}` })).status).toBe(200)
    expect((await write(9006, { 'if-match': '*' })).status).toBe(200)
    expect((await write(9007)).status).toBe(200)
    expect((await read()).answer.config.server_listen_port).toBe(9007)
  })

  it('knows no tunnel of a server that is not there, nor of one that was deleted', async () => {
    await put({ config: sampleConfig() })
    await aggregator.request('DELETE', '/api/servers/1')
    for (const answer of [await read(), await put({ config: sampleConfig() })]) {
      expect(answer.status).toBe(404)
      expect(answer.answer.code).toBe('SERVER_NOT_FOUND')
    }
    expect((await ask('GET', '/api/proxies')).answer).toEqual([])
  })

  it('knows from the snapshots how every tunnel of the fleet fares, and since when it is down', async () => {
    await put({ config: sampleConfig() })
    agent.tunnel = tunnelOf('connected')
    await polled('connected')
    await expect
      .poll(() => aggregator.request('GET', '/api/servers/1'), { timeout: 10_000 })
      .toMatchObject({ latest: { proxy_up: 1, proxy_down_s: 0 } })
    agent.tunnel = tunnelOf('reconnecting')
    await polled('reconnecting')
    const { answer } = await ask('GET', '/api/proxies')
    expect(answer).toMatchObject([
      {
        server_id: 1,
        server: 'gpu-01',
        server_state: 'online',
        config: sampleConfig(),
        status: { status: 'reconnecting', retry_count: 5, last_error: { code: 'SSHD_DOWN' } },
        last_connected: expect.any(Number),
      },
    ])
    expect((await read()).answer.last_connected).toBe(answer[0].last_connected)
    await expect
      .poll(() => aggregator.request('GET', '/api/servers/1'), { timeout: 10_000 })
      .toMatchObject({ latest: { proxy_up: 0, proxy_down_s: expect.toSatisfy((s) => s >= 1) } })
  })

  it('lists a tunnel that was set up on the server itself, and no server without one', async () => {
    const other = await startStandInAgent('connected')
    await add('gpu-02', other)
    await polled('stopped', 1)
    await polled('connected', 2)
    const { answer } = await ask('GET', '/api/proxies')
    expect(answer).toMatchObject([{ server: 'gpu-02', config: null }])
    await other.stop()
  })

  it('starts anew what does not work, a few at a time, and tells of each', async () => {
    agent.tunnel = tunnelOf('failed')
    const well = await startStandInAgent('connected')
    const still = await startStandInAgent('stopped')
    const gone = await startStandInAgent('connected')
    await add('gpu-02', well)
    await add('gpu-03', still)
    await add('gpu-04', gone)
    // One agent under many names: it sees how many ask at once.
    for (let id = 5; id <= 24; id += 1) await add(`gpu-${id}`, agent)
    for (let id = 1; id <= 24; id += 1) {
      await aggregator.request('PUT', `/api/servers/${id}/proxy`, { config: sampleConfig() })
    }
    await gone.stop()
    for (let id = 5; id <= 24; id += 1) await polled('failed', id)
    await polled('failed', 1)
    await polled('connected', 2)
    await polled('stopped', 3)
    await expect
      .poll(() => aggregator.request('GET', '/api/servers/4'), { timeout: 15_000 })
      .toMatchObject({ state: 'offline' })

    const [first, second] = await Promise.all([
      ask('POST', '/api/proxies/reconnect'),
      ask('POST', '/api/proxies/reconnect'),
    ])
    expect(second.answer).toEqual(first.answer)
    const results = new Map<string, unknown>(
      first.answer.map(({ server, ...rest }: { server: string }) => [server, rest]),
    )
    expect(results.size).toBe(22)
    expect(results.get('gpu-01')).toMatchObject({ ok: true, status: 'starting', error: null })
    expect(results.get('gpu-04')).toMatchObject({
      ok: false,
      error: { code: 'AGENT_UNREACHABLE' },
    })
    expect(well.asked).toEqual([])
    expect(still.asked).toEqual([])
    expect(agent.asked).toHaveLength(21)
    expect(agent.asked[0]).toEqual({ action: 'start', body: { config: sampleConfig() } })
    expect(agent.most).toBeGreaterThan(1)
    expect(agent.most).toBeLessThanOrEqual(8)
    await well.stop()
    await still.stop()
  })

  it('is measured: whether it is up, how often it was tried, since when it is down', async () => {
    const metrics = await aggregator.request('GET', '/api/metrics')
    expect(metrics).toEqual(
      expect.arrayContaining(
        ['proxy_up', 'proxy_retries', 'proxy_down_s'].map((name) =>
          expect.objectContaining({ plugin: 'ssh-proxy', name }),
        ),
      ),
    )
    agent.tunnel = tunnelOf('reconnecting')
    await polled('reconnecting')
    const exposition = await (await fetch(`${aggregator.url}/metrics`)).text()
    expect(exposition).toMatch(/^mon_proxy_up\{[^}]*server="gpu-01"[^}]*\} 0$/m)
    expect(exposition).toMatch(/^mon_proxy_retries\{[^}]*\} 5$/m)
  })
})

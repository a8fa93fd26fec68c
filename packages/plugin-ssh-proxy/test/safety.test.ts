import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProxyAgent, startProxyAgent } from './rig/agent.js'
import { type Centre, hasSshd, makeKey, startCentre } from './rig/centre.js'
import { isRunning } from './rig/processes.js'

describe.skipIf(!hasSshd)('The agent obeys the aggregator', { timeout: 60_000 }, () => {
  let centre: Centre
  let agent: ProxyAgent

  beforeAll(async () => {
    centre = await startCentre()
    agent = await startProxyAgent(centre, { min_listen_port: 2000, max_listen_port: 60_999 })
  })
  afterAll(async () => {
    await agent.stop()
    await centre.stop()
  })

  it.each([
    ['allowed_ssh_hosts', { center_ssh_host: '192.0.2.1' }],
    ['allowed_ssh_hosts', { center_ssh_host: 'localhost' }],
    ['identity_dir', { identity_file: '/etc/shadow' }],
    ['min_listen_port', { server_listen_port: 1999 }],
    ['max_listen_port', { server_listen_port: 61_000 }],
    ['allow_accept_new', { strict_host_key_checking: false }],
  ])('only within its own file: a refusal names %s for %j', async (key, changes) => {
    const response = await agent.post('start', { config: { ...centre.config, ...changes } })
    const problem = await response.json()
    expect([response.status, problem.code]).toEqual([403, 'REMOTE_CONFIG_REFUSED'])
    expect(problem.detail).toContain(key)
    expect(problem.hint).toContain('@mon/plugin-ssh-proxy')
    // Nothing of it is kept.
    expect(existsSync(join(centre.folder, 'state/proxy.json'))).toBe(false)
    expect(await agent.status()).toMatchObject({ status: 'stopped', target: null })
  })

  it('and not through a link that leads out of the folder of keys', async () => {
    const outside = join(centre.folder, '..', `mon-outside-${process.pid}`)
    makeKey(outside)
    const link = join(centre.folder, 'id_outside')
    await symlink(outside, link)
    const config = { ...centre.config, identity_file: link }
    expect(await (await agent.post('start', { config })).json()).toMatchObject({
      code: 'REMOTE_CONFIG_REFUSED',
      detail: expect.stringContaining('identity_dir'),
    })
  })

  it('and not before it was configured, or while the tunnel is disabled', async () => {
    const unconfigured = await agent.post('start')
    expect([unconfigured.status, (await unconfigured.json()).code]).toEqual([
      409,
      'PROXY_NOT_CONFIGURED',
    ])
    const disabled = await agent.post('start', { config: { ...centre.config, enabled: false } })
    expect([disabled.status, (await disabled.json()).code]).toEqual([409, 'PROXY_DISABLED'])
    expect((await agent.status()).status).toBe('stopped')
  })

  it('whose words never reach a process unless they are plain', async () => {
    const folder = join(centre.folder, 'recorder')
    const record = join(folder, 'record')
    await mkdir(folder)
    await writeFile(join(folder, 'ssh'), `#!/bin/sh\nprintf '%s\\0' "$@" >> ${record}\nexit 1\n`)
    await chmod(join(folder, 'ssh'), 0o755)
    const path = process.env.PATH
    process.env.PATH = `${folder}:${path}`
    try {
      const nasty = fc.oneof(
        fc.constantFrom(
          '-oProxyCommand=id',
          '--',
          '-',
          'a b',
          'a;id',
          '$(id)',
          '`id`',
          'a\nb',
          'x@y',
        ),
        fc.constantFrom('ssh://u@h:22', '%h', '/keys/../x', '', ' ', '\u0000', '|id', '*'),
        fc.string(),
        fc.integer(),
        fc.constant(null),
      )
      const key = fc.constantFrom(...Object.keys(centre.config), 'ProxyCommand', '__proto__')
      const changes = fc.dictionary(key, nasty, { minKeys: 1, maxKeys: 3 })
      await fc.assert(
        fc.asyncProperty(changes, async (changes) => {
          const response = await agent.post('start', { config: { ...centre.config, ...changes } })
          if (response.status !== 200) {
            expect([400, 403, 409]).toContain(response.status)
            expect(existsSync(record)).toBe(false)
          }
          await agent.stopTunnel()
          if (!existsSync(record)) return
          // It was taken: every word but those of the configuration is as it always is.
          const words = (await readFile(record, 'utf8')).split('\0')
          expect(words[words.indexOf('--') + 1]).toBe(centre.config.center_ssh_host)
          await rm(record)
        }),
        { numRuns: 150 },
      )
    } finally {
      process.env.PATH = path
    }
  })

  it('once a token is set only with it, from this machine, too, and from no web page', async () => {
    const token_file = join(centre.folder, 'token')
    await writeFile(token_file, 'right')
    await chmod(token_file, 0o600)
    const state_dir = join(centre.folder, 'guarded-state')
    const guarded = await startProxyAgent(centre, { state_dir }, { token_file })
    try {
      const refusals = {
        'no token': [undefined, 401, 'UNAUTHORIZED'],
        'wrong token': [{ authorization: 'Bearer wrong' }, 401, 'UNAUTHORIZED'],
        'another site': [
          { authorization: 'Bearer right', origin: 'http://evil.example' },
          403,
          'ORIGIN_REFUSED',
        ],
      } as const
      for (const [headers, status, code] of Object.values(refusals)) {
        for (const action of ['start', 'stop'] as const) {
          const response = await guarded.post(action, { config: centre.config }, headers)
          expect([response.status, (await response.json()).code]).toEqual([status, code])
        }
      }
      expect((await fetch(`${guarded.url}/v1/proxy/status`)).status).toBe(401)
      const right = { authorization: 'Bearer right' }
      const started = await guarded.post('start', { config: centre.config }, right)
      expect(started.status).toBe(200)
      const { pid } = await started.json()
      await guarded.stop()
      expect(isRunning(pid ?? 0)).toBe(false)
    } finally {
      await guarded.stop()
    }
  })

  it('and keeps what it is told in a folder where nobody else can write', async () => {
    const state_dir = join(centre.folder, 'open-state')
    await mkdir(state_dir)
    await chmod(state_dir, 0o777)
    const open = await startProxyAgent(centre, { state_dir })
    try {
      // What lies there could be anybody's.
      await open.reaches('failed', 'SECRET_TOO_OPEN')
      const response = await open.post('start', { config: centre.config })
      expect(await response.json()).toMatchObject({
        code: 'SECRET_TOO_OPEN',
        hint: `Run: chmod 700 '${state_dir}'`,
      })
      await chmod(state_dir, 0o700)
      await open.start(centre.config)
      await open.reaches('connected')
      expect((await stat(join(state_dir, 'ssh.pid'))).mode & 0o777).toBe(0o600)
    } finally {
      await open.stop()
    }
  })

  it('takes a new host key on trust only where its own file allows that, and never a changed one', async () => {
    const known_hosts_file = join(centre.folder, 'known_hosts.new')
    const trusting = await startProxyAgent(
      { ...centre, known_hosts_file },
      { allow_accept_new: true, state_dir: join(centre.folder, 'trusting-state') },
    )
    const config = { ...centre.config, strict_host_key_checking: false }
    try {
      await trusting.start(config)
      await trusting.reaches('connected')
      expect(await readFile(known_hosts_file, 'utf8')).toContain(String(config.center_ssh_port))
      makeKey(join(centre.folder, 'changed_host_key'))
      const [type, key] = (
        await readFile(join(centre.folder, 'changed_host_key.pub'), 'utf8')
      ).split(' ')
      await writeFile(known_hosts_file, `[127.0.0.1]:${config.center_ssh_port} ${type} ${key}\n`)
      await trusting.start()
      await trusting.reaches('failed', 'HOST_KEY_CHANGED')
    } finally {
      await trusting.stop()
    }
  })
})

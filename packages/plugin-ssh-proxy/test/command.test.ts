import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { type AgentProcess, startAgentProcess } from './rig/agent-process.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const bin = fileURLToPath(new URL('../../core/bin/mon.mjs', import.meta.url))

describe.skipIf(!hasSshd)('On a server, mon', { timeout: 60_000 }, () => {
  let centre: Centre
  let agent: AgentProcess

  beforeAll(async () => {
    centre = await startCentre()
    // A fixed port, by which the command finds the agent.
    agent = await startAgentProcess(centre, {
      listen: `127.0.0.1:${await freePort()}`,
      settings: { probe_interval_s: 1 },
    })
  })
  afterAll(async () => {
    await agent.end()
    await centre.stop()
  })

  function mon(...args: string[]) {
    const options = { cwd: root }
    const all = [bin, ...args, '--config', agent.configFile]
    return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
      const child = execFile(process.execPath, all, options, (_error, out, err) =>
        resolve({ status: child.exitCode, out, err }),
      )
    })
  }

  it('proxy starts the tunnel as it was saved, shows how it fares, and stops it', async () => {
    expect(await mon('proxy', 'start')).toMatchObject({
      status: 1,
      err: expect.stringContaining('PROXY_NOT_CONFIGURED'),
    })
    await agent.start(centre.config)
    await agent.stopTunnel()
    const started = await mon('proxy', 'start')
    expect(started).toMatchObject({ status: 0, err: '' })
    expect(started.out).toContain(`connected  ${centre.config.center_ssh_user}@127.0.0.1:`)
    expect((await mon('proxy', 'status')).out).toContain('well for')
    expect((await mon('proxy', 'stop')).out).toMatch(/^stopped/)
  })

  it('proxy test goes all the way, beside a tunnel that is up, too', async () => {
    expect((await mon('proxy', 'test')).out).toMatch(
      /ok {4}the port is free.*ok {4}the centre lets this server in, and the proxy answers\n$/s,
    )
    await agent.start(centre.config)
    const { pid } = await agent.reaches('connected')
    const tested = await mon('proxy', 'test')
    expect(tested.status).toBe(0)
    expect(tested.out).toContain('ok    the port is open: the tunnel is up')
    expect((await mon('doctor')).out).toContain('ok    tunnel: ')
    expect(await agent.reaches('connected')).toMatchObject({ pid })
  })

  it('proxy test says in plain words what is wrong, and how to mend it', async () => {
    await centre.stopProxy()
    const down = await mon('proxy', 'test')
    expect(down.status).toBe(1)
    expect(down.out).toContain('PROXY_DOWN')
    expect(down.out).toContain('Start the proxy on the centre')
    await centre.startProxy()

    await centre.authorize('permitopen="127.0.0.1:1"')
    expect((await mon('proxy', 'test')).out).toContain('FORWARD_DENIED')
    await centre.authorize('')

    await centre.stopSshd('all')
    expect((await mon('proxy', 'test')).out).toMatch(/FAIL {2}the centre can be reached: SSHD_DOWN/)
    const checked = await mon('doctor')
    expect(checked.status).toBe(1)
    expect(checked.out).toMatch(/FAIL {2}tunnel: .* refuses connections/)
    await centre.startSshd()
  })

  it('proxy without a word that it knows explains itself', async () => {
    expect(await mon('proxy', 'dance')).toMatchObject({
      status: 2,
      err: expect.stringContaining('Usage: mon proxy status|start|stop|test'),
    })
    expect((await mon('proxy', '--help')).out).toContain('as the user that the agent runs as')
  })
})

import { once } from 'node:events'
import { chmod, copyFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import type { ProxyConfig } from '../src/proxy-config.js'
import type { ProxyState } from '../src/proxy-status.js'
import { startProxyAgent } from './rig/agent.js'
import { type AgentProcess, startAgentProcess } from './rig/agent-process.js'
import { type Centre, hasSshd, makeKey, startCentre } from './rig/centre.js'
import { descendantsOf, kill, until } from './rig/processes.js'

interface Row {
  code: string
  what: string
  status: ProxyState
  /** Brings it about. @returns what of the configuration is other than usual */
  given(): Promise<Partial<ProxyConfig>>
  /** Brings it about when the tunnel is up already. */
  later?(): Promise<void>
  /** Undoes it. */
  mend?(): Promise<void>
  /** Words of its hint. */
  hint: string
}

describe.skipIf(!hasSshd)(
  'What keeps a tunnel from working is named in its status and in the log',
  { timeout: 60_000 },
  () => {
    let centre: Centre
    let agent: AgentProcess

    beforeAll(async () => {
      centre = await startCentre()
      agent = await startAgentProcess(centre, {
        settings: {
          probe_interval_s: 1,
          allowed_ssh_hosts: ['127.0.0.1', 'does-not-exist.invalid'],
        },
      })
    })
    afterAll(async () => {
      await agent.end()
      await centre.stop()
    })

    const key = (name: string) => join(centre.folder, name)
    const nothing = async () => ({})
    let stranger: Server | null = null
    const closeStranger = async () => void stranger?.close()

    async function listen(port: number, onConnection?: (socket: Socket) => void) {
      stranger = createServer((socket) => {
        socket.on('error', () => {})
        onConnection?.(socket)
      })
      await once(stranger.listen(port, '127.0.0.1'), 'listening')
    }

    async function restartSshd(lines: string): Promise<void> {
      await centre.stopSshd('all')
      await centre.configure(lines)
      await centre.startSshd()
    }

    const rows: Row[] = [
      {
        code: 'PORT_IN_USE',
        what: 'another program has the port',
        status: 'reconnecting',
        given: async () => {
          await listen(centre.config.server_listen_port)
          return {}
        },
        mend: closeStranger,
        hint: 'choose another server_listen_port',
      },
      {
        code: 'KEY_MISSING',
        what: 'the key is not there',
        status: 'failed',
        given: async () => ({ identity_file: key('id_missing') }),
        hint: 'setup-ssh-keys.sh',
      },
      {
        code: 'KEY_MISSING',
        what: 'the key is a link that leads nowhere',
        status: 'failed',
        given: async () => {
          await symlink(key('nowhere'), key('id_link'))
          return { identity_file: key('id_link') }
        },
        hint: 'setup-ssh-keys.sh',
      },
      {
        code: 'KEY_PERMS',
        what: 'others can read the key',
        status: 'failed',
        given: async () => {
          await chmod(centre.config.identity_file, 0o644)
          return {}
        },
        mend: () => chmod(centre.config.identity_file, 0o600),
        hint: 'Run: chmod 600',
      },
      {
        code: 'KEY_INVALID',
        what: 'the key was cut short',
        status: 'failed',
        given: async () => {
          await copyFile(centre.config.identity_file, key('id_cut'))
          await truncate(key('id_cut'), 100)
          return { identity_file: key('id_cut') }
        },
        hint: 'cut short',
      },
      {
        code: 'KEY_PASSPHRASE',
        what: 'the key has a passphrase',
        status: 'failed',
        given: async () => {
          makeKey(key('id_locked'), 'secret')
          return { identity_file: key('id_locked') }
        },
        hint: 'for the tunnel alone',
      },
      {
        code: 'AUTH_FAILED',
        what: 'the centre does not know the key',
        status: 'reconnecting',
        given: async () => {
          makeKey(key('id_other'))
          return { identity_file: key('id_other') }
        },
        hint: 'authorized_keys',
      },
      {
        code: 'HOST_KEY_UNKNOWN',
        what: 'the centre was never enrolled',
        status: 'failed',
        given: async () => ({ center_ssh_port: await freePort() }),
        hint: 'fingerprint',
      },
      {
        code: 'HOST_KEY_CHANGED',
        what: 'the centre shows another key than before',
        status: 'failed',
        given: async () => {
          makeKey(key('other_host_key'))
          const [type, other] = (await readFile(key('other_host_key.pub'), 'utf8')).split(' ')
          await copyFile(centre.known_hosts_file, key('known_hosts.good'))
          const name = `[127.0.0.1]:${centre.config.center_ssh_port}`
          await writeFile(centre.known_hosts_file, `${name} ${type} ${other}\n`)
          return {}
        },
        mend: () => copyFile(key('known_hosts.good'), centre.known_hosts_file),
        hint: 'before you trust it',
      },
      {
        code: 'ALGO_MISMATCH',
        what: 'the centre speaks only what this ssh gave up',
        status: 'failed',
        given: async () => {
          await restartSshd('Ciphers aes128-cbc')
          return {}
        },
        mend: () => restartSshd(''),
        hint: 'Update OpenSSH',
      },
      {
        code: 'SSHD_DOWN',
        what: 'no sshd runs at the centre',
        status: 'reconnecting',
        given: async () => {
          await centre.stopSshd('all')
          return {}
        },
        mend: () => centre.startSshd(),
        hint: 'Start the ssh service',
      },
      {
        code: 'CONNECT_TIMEOUT',
        what: 'the centre accepts the connection and says nothing',
        status: 'reconnecting',
        given: async () => {
          await centre.stopSshd('all')
          await listen(centre.config.center_ssh_port)
          return {}
        },
        mend: async () => {
          await closeStranger()
          await centre.startSshd()
        },
        hint: 'firewall',
      },
      {
        code: 'SERVER_REJECTED',
        what: 'the centre hangs up at once',
        status: 'reconnecting',
        given: async () => {
          await centre.stopSshd('all')
          await listen(centre.config.center_ssh_port, (socket) => socket.end())
          return {}
        },
        mend: async () => {
          await closeStranger()
          await centre.startSshd()
        },
        hint: 'center_ssh_port',
      },
      {
        code: 'DNS_FAILED',
        what: 'the name of the centre does not resolve',
        status: 'reconnecting',
        given: async () => {
          const known = await readFile(centre.known_hosts_file, 'utf8')
          const port = centre.config.center_ssh_port
          const added = known.replace('127.0.0.1', 'does-not-exist.invalid')
          await writeFile(centre.known_hosts_file, `${known}${added}`)
          return { center_ssh_host: 'does-not-exist.invalid', center_ssh_port: port }
        },
        hint: 'getent hosts does-not-exist.invalid',
      },
      {
        code: 'FORWARD_DENIED',
        what: 'the key may not go to the port of the proxy',
        status: 'degraded',
        given: async () => {
          await centre.authorize('permitopen="127.0.0.1:1"')
          return {}
        },
        mend: () => centre.authorize(''),
        hint: 'permitopen="127.0.0.1:',
      },
      {
        code: 'FORWARD_DENIED',
        what: 'the centre forwards nothing at all',
        status: 'degraded',
        given: async () => {
          await restartSshd('AllowTcpForwarding no')
          return {}
        },
        mend: () => restartSshd(''),
        hint: 'PermitOpen 127.0.0.1:',
      },
      {
        code: 'PROXY_DOWN',
        what: 'no proxy runs at the centre',
        status: 'degraded',
        given: nothing,
        later: () => centre.stopProxy(),
        mend: () => centre.startProxy(),
        hint: 'Start the proxy on the centre',
      },
      {
        code: 'PROXY_DOWN',
        what: 'what answers in the place of the proxy is none',
        status: 'degraded',
        given: async () => {
          const port = await freePort()
          await listen(port, (socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
          return { center_proxy_port: port }
        },
        mend: closeStranger,
        hint: 'Start the proxy on the centre',
      },
      {
        code: 'SSH_FAILED',
        what: 'somebody ends ssh, which then exits with 0',
        status: 'reconnecting',
        given: nothing,
        later: async () => kill((await agent.status()).pid ?? 0, 'SIGTERM'),
        hint: 'mon proxy test',
      },
      {
        code: 'SERVER_CLOSED',
        what: 'the centre ends the session',
        status: 'reconnecting',
        given: nothing,
        later: () => centre.stopSshd('all'),
        mend: () => centre.startSshd(),
        hint: 'log of sshd',
      },
    ]

    it.each(rows)(
      '$code, when $what',
      async ({ code, status, given, later, mend, hint }) => {
        const before = agent.log().length
        try {
          const changes = await given()
          await agent.start({ ...centre.config, ...changes })
          if (later !== undefined) {
            await agent.reaches('connected')
            await later()
          }
          const line = await logged(code, before)
          expect(line).toMatchObject({ status, code, hint: expect.stringContaining(hint) })
          const { events, last_error } = await agent.status()
          expect(events).toContainEqual(
            expect.objectContaining({ status, code, message: line.msg }),
          )
          // Those that last are still there to be seen.
          if (later === undefined) {
            expect(last_error).toMatchObject({ code, message: line.msg, hint: line.hint })
          }
        } finally {
          await agent.stopTunnel()
          await mend?.()
        }
      },
      40_000,
    )

    it('SSH_MISSING, when there is no ssh', async () => {
      const folder = join(centre.folder, 'empty')
      await mkdir(folder)
      const path = process.env.PATH
      const bare = await startProxyAgent(centre, { state_dir: join(centre.folder, 'bare-state') })
      process.env.PATH = folder
      try {
        await bare.start(centre.config)
        const { last_error } = await bare.reaches('failed', 'SSH_MISSING')
        expect(last_error?.hint).toContain('openssh-client')
      } finally {
        process.env.PATH = path
        await bare.stop()
      }
    })

    it('LINK_LOST, when nothing comes back through the tunnel, and a new one is made', async () => {
      const before = agent.log().length
      await agent.start(centre.config)
      await agent.reaches('connected')
      // The session at the centre sleeps: packets arrive, and nothing answers.
      for (const pid of descendantsOf(centre.sshdPid())) kill(pid, 'SIGSTOP')
      await logged('LINK_LOST', before)
      await agent.reaches('connected')
      await agent.stopTunnel()
      for (const pid of descendantsOf(centre.sshdPid())) kill(pid, 'SIGKILL')
    })

    it('LINK_LOST, when ssh itself notices that the centre is silent', async () => {
      const other = await startAgentProcess(centre, {
        settings: {
          probe_interval_s: 300,
          server_alive_interval_s: 1,
          server_alive_count_max: 1,
          state_dir: join(centre.folder, 'other-state'),
        },
      })
      try {
        await other.start(centre.config)
        await other.reaches('connected')
        for (const pid of descendantsOf(centre.sshdPid())) kill(pid, 'SIGSTOP')
        await until('it is logged', () => other.log().some(({ code }) => code === 'LINK_LOST'))
      } finally {
        await other.end()
        for (const pid of descendantsOf(centre.sshdPid())) kill(pid, 'SIGKILL')
      }
    })

    it('a proxy that hangs is told from a link that is lost, after one more login', async () => {
      const before = agent.log().length
      await agent.start(centre.config)
      await agent.reaches('connected')
      kill(centre.proxyPid(), 'SIGSTOP')
      try {
        await logged('LINK_LOST', before)
        await agent.reaches('degraded', 'PROXY_DOWN', 30_000)
      } finally {
        kill(centre.proxyPid(), 'SIGCONT')
      }
      await agent.reaches('connected')
      await agent.stopTunnel()
    })

    async function logged(code: string, from: number) {
      const lines = () =>
        agent
          .log()
          .slice(from)
          .filter((line) => line.code === code)
      await until(`${code} is logged`, () => lines().length > 0, 30_000).catch(async (error) => {
        throw new Error(`${error}: ${JSON.stringify(await agent.status())}`)
      })
      const [line] = lines()
      if (line === undefined) throw new Error('Gone.')
      return line
    }
  },
)

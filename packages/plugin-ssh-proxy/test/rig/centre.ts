import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../test/free-port.js'
import type { ProxyConfig } from '../../src/proxy-config.js'
import { descendantsOf, kill, until } from './processes.js'

/** Whether this machine has what a real centre needs. */
export const hasSshd =
  process.platform === 'linux' && existsSync('/usr/sbin/sshd') && existsSync('/usr/bin/tinyproxy')

export interface Centre {
  /** Holds the keys; the agent's identity_dir and state_dir go here, too. */
  folder: string
  config: ProxyConfig
  known_hosts_file: string
  sshdLog(): Promise<string>
  startSshd(): Promise<void>
  /** The listener alone, or the sessions with it. */
  stopSshd(what: 'listener' | 'all'): Promise<void>
  startProxy(): Promise<void>
  stopProxy(): Promise<void>
  proxyPid(): number
  /** Of the listener. */
  sshdPid(): number
  authorize(options: string): Promise<void>
  configure(lines: string): Promise<void>
  stop(): Promise<void>
}

export interface CentreOptions {
  /** A network namespace that it lives in, and its address there. */
  namespace?: string
  address?: string
  /** What stands before the key in authorized_keys. */
  key_options?: string
  sshd_config?: string
}

/** A real sshd and a real proxy, of the user who runs the tests, in a folder that goes with them. */
export async function startCentre(options: CentreOptions = {}): Promise<Centre> {
  const { namespace, address = '127.0.0.1' } = options
  const folder = await mkdtemp(join(tmpdir(), 'mon-centre-'))
  const ssh_port = await freePort()
  const proxy_port = await freePort()
  const files = {
    host_key: join(folder, 'host_key'),
    key: join(folder, 'id_tunnel'),
    authorized_keys: join(folder, 'authorized_keys'),
    known_hosts: join(folder, 'known_hosts'),
    sshd_config: join(folder, 'sshd_config'),
    sshd_log: join(folder, 'sshd.log'),
    tinyproxy: join(folder, 'tinyproxy.conf'),
  }
  let sshd: ChildProcess | null = null
  let proxy: ChildProcess | null = null
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })

  makeKey(files.host_key)
  makeKey(files.key)
  const hostKey = (await readFile(`${files.host_key}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ')
  await writeFile(files.known_hosts, `[${address}]:${ssh_port} ${hostKey}\n`)
  await authorize(options.key_options ?? '')
  await configure(options.sshd_config ?? '')
  await writeFile(
    files.tinyproxy,
    [`Port ${proxy_port}`, 'Listen 127.0.0.1', 'Timeout 60', 'LogLevel Error', ''].join('\n'),
  )

  async function authorize(keyOptions: string): Promise<void> {
    const key = await readFile(`${files.key}.pub`, 'utf8')
    await writeFile(files.authorized_keys, `${keyOptions} ${key}`.trimStart(), { mode: 0o600 })
  }

  async function configure(lines: string): Promise<void> {
    const base = [
      `Port ${ssh_port}`,
      `ListenAddress ${address}`,
      `HostKey ${files.host_key}`,
      `AuthorizedKeysFile ${files.authorized_keys}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
      'LogLevel VERBOSE',
    ]
    await writeFile(files.sshd_config, `${base.join('\n')}\n${lines}\n`)
  }

  function run(program: string, args: string[]): ChildProcess {
    const [command = program, ...others] =
      namespace === undefined
        ? [program, ...args]
        : ['ip', 'netns', 'exec', namespace, program, ...args]
    return spawn(command, others, { stdio: 'ignore' })
  }

  const centre: Centre = {
    folder,
    known_hosts_file: files.known_hosts,
    config: {
      enabled: true,
      server_listen_port: await freePort(),
      center_proxy_port: proxy_port,
      center_ssh_host: address,
      center_ssh_port: ssh_port,
      center_ssh_user: userInfo().username,
      identity_file: files.key,
      strict_host_key_checking: true,
      auto_start: true,
    },
    sshdLog: () => readFile(files.sshd_log, 'utf8'),
    authorize,
    configure,
    async startSshd() {
      sshd = run('/usr/sbin/sshd', ['-D', '-f', files.sshd_config, '-E', files.sshd_log])
      await until('sshd listens', () => answers(namespace, address, ssh_port))
    },
    async stopSshd(what) {
      const pid = sshd?.pid
      if (pid === undefined) return
      const sessions = what === 'all' ? descendantsOf(pid) : []
      await end(sshd)
      for (const session of sessions) kill(session, 'SIGKILL')
      sshd = null
    },
    async startProxy() {
      proxy = run('/usr/bin/tinyproxy', ['-d', '-c', files.tinyproxy])
      await until('the proxy listens', () => answers(namespace, '127.0.0.1', proxy_port))
    },
    async stopProxy() {
      await end(proxy)
      proxy = null
    },
    proxyPid: () => proxy?.pid ?? 0,
    sshdPid: () => sshd?.pid ?? 0,
    async stop() {
      await centre.stopSshd('all')
      await centre.stopProxy()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await centre.startSshd()
  await centre.startProxy()
  return centre
}

export function makeKey(file: string, passphrase = ''): void {
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    'ed25519',
    '-N',
    passphrase,
    '-C',
    'mon-test',
    '-f',
    file,
  ])
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await until('a process ends', () => child.exitCode !== null || child.signalCode !== null)
}

/** Inside a namespace the table of its sockets is asked. */
async function answers(
  namespace: string | undefined,
  host: string,
  port: number,
): Promise<boolean> {
  if (namespace !== undefined) {
    const found = execFileSync('ip', [
      'netns',
      'exec',
      namespace,
      'ss',
      '-Hltn',
      `sport = :${port}`,
    ])
    return found.length > 0
  }
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

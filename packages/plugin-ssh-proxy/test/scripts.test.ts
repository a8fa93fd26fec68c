import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { startProxyAgent } from './rig/agent.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'

const scripts = fileURLToPath(new URL('../../../scripts/', import.meta.url))

describe.skipIf(!hasSshd)('setup-ssh-keys.sh', { timeout: 60_000 }, () => {
  let centre: Centre
  let home: string

  beforeEach(async () => {
    centre = await startCentre()
    home = join(centre.folder, 'home')
    await mkdir(home)
  })
  afterEach(() => centre.stop())

  const key = () => join(home, '.ssh/mon_tunnel_ed25519')
  const known = () => join(home, '.ssh/known_hosts')
  const fingerprint = () =>
    execFileSync('ssh-keygen', ['-l', '-f', join(centre.folder, 'host_key.pub')], {
      encoding: 'utf8',
    }).split(' ')[1] ?? ''

  /** As an operator would, who has no terminal here. */
  function setUp(...more: string[]) {
    const { center_ssh_port, center_proxy_port } = centre.config
    const args = [
      ...[join(scripts, 'setup-ssh-keys.sh'), '--host', '127.0.0.1', '--user', userInfo().username],
      ...['--port', String(center_ssh_port), '--proxy-port', String(center_proxy_port), ...more],
    ]
    return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
      const env = { ...process.env, HOME: home }
      const child = execFile('bash', args, { env }, (_error, out, err) =>
        resolve({ status: child.exitCode, out, err }),
      )
      child.stdin?.end()
    })
  }

  const lineIn = (out: string) => out.split('\n').find((line) => line.startsWith('restrict,')) ?? ''

  async function authorize(line: string): Promise<void> {
    await writeFile(join(centre.folder, 'authorized_keys'), `${line}\n`)
  }

  it('makes a key, enrols the centre, prints the line, and works once the centre has it', async () => {
    const first = await setUp('--fingerprint', fingerprint())
    expect(first.status).toBe(3)
    expect(first.out).toContain('The centre does not know the key yet.')
    expect((await stat(key())).mode & 0o777).toBe(0o600)
    const line = lineIn(first.out)
    expect(line).toMatch(
      /^restrict,port-forwarding,permitopen="127\.0\.0\.1:\d+",permitlisten="127\.0\.0\.1:1",command="\/bin\/false" ssh-ed25519 \S+ mon-tunnel@\S+$/,
    )
    const before = [await readFile(key(), 'utf8'), await readFile(known(), 'utf8')]

    await authorize(line)
    const second = await setUp()
    expect(second).toMatchObject({ status: 0, err: '' })
    expect(second.out).toContain('It works: a proxy answers')
    expect(second.out).toContain('allowed_ssh_hosts: [127.0.0.1]')
    expect([await readFile(key(), 'utf8'), await readFile(known(), 'utf8')]).toEqual(before)

    // And the agent goes the same way.
    const agent = await startProxyAgent(
      { ...centre, known_hosts_file: known() },
      { identity_dir: join(home, '.ssh') },
    )
    await agent.start({ ...centre.config, identity_file: key() })
    await agent.reaches('connected')
    await agent.stop()
  })

  it('enrols no centre unseen, no other one, and none that has changed', async () => {
    const unseen = await setUp()
    expect([unseen.status, unseen.err]).toEqual([
      1,
      expect.stringContaining('Nobody is here to compare it'),
    ])
    const other = await setUp('--fingerprint', `SHA256:${'A'.repeat(43)}`)
    expect([other.status, other.err]).toEqual([1, expect.stringContaining(fingerprint())])
    await expect(stat(known())).rejects.toThrow('ENOENT')

    await setUp('--fingerprint', fingerprint())
    const name = `[127.0.0.1]:${centre.config.center_ssh_port}`
    const [type, blob] = (await readFile(`${key()}.pub`, 'utf8')).split(' ')
    await writeFile(known(), `${name} ${type} ${blob}\n`)
    const changed = await setUp('--fingerprint', fingerprint())
    expect([changed.status, changed.err]).toEqual([1, expect.stringContaining('HAS CHANGED')])
    const replaced = await setUp('--fingerprint', fingerprint(), '--replace-host-key')
    expect(replaced.status).toBe(3)
    expect(await readFile(known(), 'utf8')).not.toContain(blob)
  })

  it('says what is wrong: no server, no proxy, a forbidden forward', async () => {
    const first = await setUp('--fingerprint', fingerprint())
    const line = lineIn(first.out)
    await authorize(line.replace(/permitopen="[^"]*"/, 'permitopen="127.0.0.1:1"'))
    expect((await setUp()).err).toContain('The centre forbids the forward')
    await authorize(line)
    await centre.stopProxy()
    expect((await setUp()).err).toContain('no proxy answers')
    await centre.stopSshd('all')
    expect((await setUp()).err).toContain('No ssh server answers')
    expect((await setUp('--host', '-oProxyCommand=id')).status).toBe(2)
  })

  describe('with the block that setup-openssh-server.ps1 writes', () => {
    beforeEach(async () => {
      const { out } = await setUp('--fingerprint', fingerprint())
      await authorize(lineIn(out))
      await centre.stopSshd('all')
      await centre.configure(await tunnelBlock(centre.config.center_proxy_port))
      await centre.startSshd()
    })

    /** What ssh says and how it ends, with the tunnel's key. */
    async function ssh(...args: string[]) {
      const child = spawn(
        'ssh',
        [
          ...['-F', 'none', '-o', 'BatchMode=yes', '-o', `UserKnownHostsFile=${known()}`],
          ...['-o', 'IdentitiesOnly=yes', '-o', 'ExitOnForwardFailure=yes', '-i', key()],
          ...['-p', String(centre.config.center_ssh_port), '-l', userInfo().username],
          ...args,
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], timeout: 5_000 },
      )
      let text = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
      }
      const [status] = await once(child, 'close')
      return { status, text }
    }

    it('the forward to the proxy works', async () => {
      expect((await setUp()).out).toContain('It works: a proxy answers')
    })

    it('a command, a shell and a terminal are refused', async () => {
      for (const args of [
        ['127.0.0.1', 'echo', 'inside'],
        ['-tt', '127.0.0.1'],
        ['-T', '127.0.0.1'],
        ['-s', '127.0.0.1', 'sftp'],
      ]) {
        const { status, text } = await ssh(...args)
        expect([args, status]).not.toEqual([args, 0])
        expect(text).not.toContain('inside')
      }
    })

    it('a forward to another port or host, and one back from the centre, are refused', async () => {
      const remote = await ssh(
        '-N',
        '-R',
        `127.0.0.1:${await freePort()}:127.0.0.1:22`,
        '127.0.0.1',
      )
      expect(remote.status).toBe(255)
      expect(remote.text).toContain('remote port forwarding failed')
      for (const target of [
        `127.0.0.1:${centre.config.center_ssh_port}`,
        'localhost:22',
        '10.0.0.1:80',
      ]) {
        const { text } = await ssh('-W', target, '127.0.0.1')
        expect([target, text]).toEqual([
          target,
          expect.stringContaining('administratively prohibited'),
        ])
      }
    })

    it('line and block are each enough by themselves', async () => {
      await centre.stopSshd('all')
      await centre.configure('')
      await centre.startSshd()
      const command = await ssh('127.0.0.1', 'echo', 'inside')
      expect([command.status, command.text]).not.toEqual([0, expect.stringContaining('inside')])
      const remote = await ssh(
        '-N',
        '-R',
        `127.0.0.1:${await freePort()}:127.0.0.1:22`,
        '127.0.0.1',
      )
      expect(remote.text).toContain('remote port forwarding failed')

      await authorize(await readFile(`${key()}.pub`, 'utf8'))
      await centre.stopSshd('all')
      await centre.configure(await tunnelBlock(centre.config.center_proxy_port))
      await centre.startSshd()
      expect((await ssh('127.0.0.1', 'echo', 'inside')).text).not.toContain('inside')
      const other = await ssh('-W', 'localhost:22', '127.0.0.1')
      expect(other.text).toContain('administratively prohibited')
    })
  })
})

/** The here-string of the script, filled in as it would. */
async function tunnelBlock(proxyPort: number): Promise<string> {
  const script = await readFile(join(scripts, 'setup-openssh-server.ps1'), 'utf8')
  const block = /\$block = @"\r?\n(.*?)\r?\n"@/s.exec(script)?.[1] ?? ''
  const filled = block
    .replace('$BlockBegin', '# BEGIN mon tunnel')
    .replace('$BlockEnd', '# END mon tunnel')
    .replace('$($User.ToLowerInvariant())', userInfo().username)
    .replaceAll('$ProxyPort', String(proxyPort))
  expect(filled).toContain(`PermitOpen 127.0.0.1:${proxyPort}`)
  expect(filled).not.toContain('$')
  return filled
}

import { createGuard } from '@mon/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProxyConfig } from '../../proxy-config.js'
import { sshArguments, targetOf } from './ssh-arguments.js'

const config: ProxyConfig = {
  enabled: true,
  server_listen_port: 8080,
  center_proxy_port: 7879,
  center_ssh_host: '10.0.0.2',
  center_ssh_port: 2222,
  center_ssh_user: 'tunnel',
  identity_file: '/home/op/.ssh/id_tunnel',
  strict_host_key_checking: true,
  auto_start: true,
}
const settings = {
  known_hosts_file: '/home/op/.ssh/known_hosts',
  server_alive_interval_s: 30,
  server_alive_count_max: 3,
  accepts_new_host_key: false,
}
const isProxyConfig = createGuard(ProxyConfig)

describe('The arguments of ssh', () => {
  it('are those of one forward, and nothing else is read, run or asked', () => {
    expect(sshArguments(config, config.identity_file, settings).join(' ')).toBe(
      '-F none -N -T -a -x -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none ' +
        '-o PreferredAuthentications=publickey -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no ' +
        '-o StrictHostKeyChecking=yes -o UserKnownHostsFile=/home/op/.ssh/known_hosts ' +
        '-o GlobalKnownHostsFile=none -o UpdateHostKeys=no -o ExitOnForwardFailure=yes -o GatewayPorts=no ' +
        '-o ControlMaster=no -o ControlPath=none -o ProxyCommand=none -o ConnectTimeout=10 ' +
        '-o ConnectionAttempts=1 -o ServerAliveInterval=30 -o ServerAliveCountMax=3 -o LogLevel=INFO ' +
        '-i /home/op/.ssh/id_tunnel -p 2222 -L 127.0.0.1:8080:127.0.0.1:7879 -l tunnel -- 10.0.0.2',
    )
  })

  it('never tell ssh to take just any host key', () => {
    const args = sshArguments(config, config.identity_file, {
      ...settings,
      accepts_new_host_key: true,
    })
    expect(args).toContain('StrictHostKeyChecking=accept-new')
  })

  it('show where it goes to, an IPv6 address in brackets', () => {
    expect(targetOf(config)).toBe('tunnel@10.0.0.2:2222 → 127.0.0.1:7879')
    expect(targetOf({ ...config, center_ssh_host: 'fe80::1' })).toContain('tunnel@[fe80::1]:2222')
  })
})

describe('A configuration', () => {
  it.each([
    ['center_ssh_host', '-oProxyCommand=touch /tmp/x'],
    ['center_ssh_host', 'ssh://u@h:22'],
    ['center_ssh_host', 'tun@host'],
    ['center_ssh_host', 'host name'],
    ['center_ssh_host', 'host\n'],
    ['center_ssh_host', '$(id)'],
    ['center_ssh_host', ''],
    ['center_ssh_user', '-l'],
    ['center_ssh_user', 'root@elsewhere'],
    ['center_ssh_user', 'a b'],
    ['identity_file', 'id_tunnel'],
    ['identity_file', '/keys/../etc/shadow'],
    ['identity_file', '/keys/./id'],
    ['identity_file', '/keys/%h'],
    ['identity_file', '/keys/${HOME}'],
    ['identity_file', '/keys/a b'],
    ['identity_file', '/keys/..'],
    ['center_ssh_port', 0],
    ['center_ssh_port', 65_536],
    ['server_listen_port', 22.5],
    ['center_proxy_port', '7879'],
  ])('is not valid with %s: %j', (key, value) => {
    expect(isProxyConfig({ ...config, [key]: value })).toBe(false)
  })

  it.each([
    ['center_ssh_host', 'centre-1.lab.example'],
    ['center_ssh_host', '2001:db8::2'],
    ['center_ssh_user', 'LAB\\tunnel'],
    ['center_ssh_user', 'svc-tunnel_1'],
    ['identity_file', '/home/op/.ssh/id..old'],
  ])('is valid with %s: %j', (key, value) => {
    expect(isProxyConfig({ ...config, [key]: value })).toBe(true)
  })

  it('that is valid never becomes an option, a second forward or a second word, whatever it says', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom('-', 'o', '=', ' ', '/', '.', '%', '$', '@', ':', '\n', 'a', '\0'),
      }),
      fc.constantFrom('-oProxyCommand=id', '-D1080', 'a@b', '::1', 'a.b', '/a/b'),
    )
    const text = fc.record({
      center_ssh_host: nasty,
      center_ssh_user: nasty,
      identity_file: nasty.map((text) => `/${text}`),
    })
    fc.assert(
      fc.property(text, (text) => {
        const given = { ...config, ...text }
        if (!isProxyConfig(given)) return
        const args = sshArguments(given, given.identity_file, settings)
        const plain = sshArguments(config, config.identity_file, settings)
        expect(args).toHaveLength(plain.length)
        expect(args.slice(-2)).toEqual(['--', text.center_ssh_host])
        for (const value of Object.values(text)) {
          expect(value).toMatch(/^[\w/:]/)
          expect(value).not.toMatch(/[\s@%$=\0]|\/\.{1,2}(\/|$)/)
        }
        expect(text.center_ssh_host).not.toContain('/')
      }),
      { numRuns: 3000 },
    )
  })
})

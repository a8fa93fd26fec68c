import { describe, expect, it } from 'vitest'
import { explainEnding, refusalOf } from './explain-stderr.js'

const config = {
  enabled: true,
  server_listen_port: 8080,
  center_proxy_port: 7879,
  center_ssh_host: '10.0.0.2',
  center_ssh_port: 22,
  center_ssh_user: 'tunnel',
  identity_file: '/keys/id',
  strict_host_key_checking: true,
  auto_start: true,
}
const codeOf = (text: string) =>
  explainEnding({ status: 255, signal: null, lines: text.split('\n') }, config).code

describe('The words of ssh', () => {
  it.each([
    [
      'PORT_IN_USE',
      'bind [127.0.0.1]:8080: Address already in use\nchannel_setup_fwd_listener_tcpip: cannot listen to port: 8080\nCould not request local forwarding.',
    ],
    ['BIND_FAILED', 'bind [127.0.0.1]:80: Permission denied\nCould not request local forwarding.'],
    ['BIND_FAILED', 'bind [10.1.1.1]:8080: Cannot assign requested address'],
    [
      'KEY_MISSING',
      'Warning: Identity file /keys/id not accessible: No such file or directory.\ntunnel@10.0.0.2: Permission denied (publickey).',
    ],
    [
      'KEY_PERMS',
      '@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\nPermissions 0644 for \'/keys/id\' are too open.\nLoad key "/keys/id": bad permissions\ntunnel@10.0.0.2: Permission denied (publickey).',
    ],
    [
      'KEY_INVALID',
      'Load key "/keys/id": error in libcrypto\ntunnel@10.0.0.2: Permission denied (publickey).',
    ],
    ['AUTH_FAILED', 'tunnel@10.0.0.2: Permission denied (publickey).'],
    [
      'AUTH_FAILED',
      'Received disconnect from 10.0.0.2 port 22:2: Too many authentication failures',
    ],
    [
      'HOST_KEY_UNKNOWN',
      'No ED25519 host key is known for 10.0.0.2 and you have requested strict checking.\nHost key verification failed.',
    ],
    ['HOST_KEY_UNKNOWN', 'Host key verification failed.'],
    [
      'HOST_KEY_CHANGED',
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key for 10.0.0.2 has changed and you have requested strict checking.\nHost key verification failed.',
    ],
    [
      'ALGO_MISMATCH',
      'Unable to negotiate with 10.0.0.2 port 22: no matching host key type found. Their offer: ssh-dss',
    ],
    ['SSHD_DOWN', 'ssh: connect to host 10.0.0.2 port 22: Connection refused'],
    ['NETWORK_UNREACHABLE', 'ssh: connect to host 10.0.0.2 port 22: Network is unreachable'],
    ['NETWORK_UNREACHABLE', 'ssh: connect to host 10.0.0.2 port 22: No route to host'],
    ['CONNECT_TIMEOUT', 'ssh: connect to host 10.0.0.2 port 22: Connection timed out'],
    [
      'CONNECT_TIMEOUT',
      'Connection timed out during banner exchange\nConnection to 10.0.0.2 port 22 timed out',
    ],
    ['DNS_FAILED', 'ssh: Could not resolve hostname centre: Name or service not known'],
    [
      'SERVER_REJECTED',
      'kex_exchange_identification: Connection closed by remote host\nConnection closed by 10.0.0.2 port 22',
    ],
    ['SERVER_REJECTED', 'kex_exchange_identification: read: Connection reset by peer'],
    ['LINK_LOST', 'Timeout, server 10.0.0.2 not responding.'],
    ['SERVER_CLOSED', 'Connection to 10.0.0.2 closed by remote host.'],
    ['SERVER_CLOSED', 'client_loop: send disconnect: Broken pipe'],
    ['CONFIG_INVALID', 'hostname contains invalid characters'],
    ['SSH_FAILED', 'something that no version has said yet'],
  ])('mean %s: %s', (code, text) => {
    expect(codeOf(text)).toBe(code)
  })

  it('tell, while it lives on, who refuses a connection', () => {
    const said = 'channel 2: open failed: '
    expect(refusalOf(`${said}administratively prohibited: open failed`)).toBe('FORWARD_DENIED')
    expect(refusalOf(`${said}connect failed: Connection refused`)).toBe('PROXY_DOWN')
    expect(refusalOf('Warning: Permanently added …')).toBeNull()
  })

  it('are not needed to know that an exit with 0, or by a signal, is a failure', () => {
    expect(explainEnding({ status: 0, signal: null, lines: [] }, config)).toMatchObject({
      code: 'SSH_FAILED',
      message: 'ssh ended with status 0.',
    })
    expect(explainEnding({ status: null, signal: 'SIGKILL', lines: [] }, config).message).toBe(
      'ssh ended by SIGKILL.',
    )
  })
})

import type { ProxyConfig } from '../../proxy-config.js'
import type { Failure, TunnelCode } from './failure.js'

interface Words {
  message: string
  hint: string
}

const setUpKeys = 'Run scripts/setup-ssh-keys.sh on this server'

/** What each code says of a tunnel. `said` is what ssh, or a check, had to say, and may be empty. */
const words: Record<TunnelCode, (config: ProxyConfig, said: string) => Words> = {
  CONFIG_INVALID: (_, said) => ({
    message: `ssh does not take the configuration: ${said}`,
    hint: 'Correct the tunnel’s configuration and start it again.',
  }),
  REMOTE_CONFIG_REFUSED: (_, said) => ({
    message: said,
    hint: 'Set the key that is named in the agent’s own configuration, and restart the agent.',
  }),
  SECRET_TOO_OPEN: (_, said) => ({ message: said, hint: 'Make it readable by its owner alone.' }),
  SSH_MISSING: (_, said) => ({
    message: `ssh cannot be started: ${said}`,
    hint: 'Install the OpenSSH client (openssh-client in Debian and Ubuntu), then start the tunnel.',
  }),
  SSH_FAILED: (_, said) => ({
    message: `ssh ended ${said}.`,
    hint: 'It is tried again. `mon proxy test` on the server tries each step by itself.',
  }),
  PORT_IN_USE: ({ server_listen_port: port }, said) => ({
    message: `Port ${port} of 127.0.0.1 is in use${said === '' ? '' : `: ${said}`}.`,
    hint: `Stop that program (ss -ltnp 'sport = :${port}' shows it), or choose another server_listen_port.`,
  }),
  BIND_FAILED: ({ server_listen_port: port }, said) => ({
    message: `Port ${port} of 127.0.0.1 cannot be opened: ${said}`,
    hint: 'Choose a server_listen_port from 1024 on.',
  }),
  KEY_MISSING: ({ identity_file }, said) => ({
    message: `The key ${identity_file} cannot be read${said === '' ? '' : `: ${said}`}.`,
    hint: `${setUpKeys}, or correct identity_file.`,
  }),
  KEY_PERMS: ({ identity_file }, said) => ({
    message: `The key ${identity_file} is open to others${said === '' ? '' : `: ${said}`}.`,
    hint: `Run: chmod 600 '${identity_file}'`,
  }),
  KEY_INVALID: ({ identity_file }, said) => ({
    message: `${identity_file} is no private key that ssh can use: ${said}`,
    hint: `It may be cut short, have Windows line ends, or lack its last newline. ${setUpKeys} to make a new one.`,
  }),
  KEY_PASSPHRASE: ({ identity_file }) => ({
    message: `The key ${identity_file} has a passphrase, and nobody is there to type it.`,
    hint: `${setUpKeys} to make a key for the tunnel alone.`,
  }),
  AUTH_FAILED: ({ center_ssh_user: user, center_ssh_host: host }) => ({
    message: `${host} does not accept the key for user ${user}.`,
    hint: `Compare the line of scripts/setup-ssh-keys.sh with authorized_keys of ${user}; the log of sshd there says why. It is tried again after a minute.`,
  }),
  HOST_KEY_UNKNOWN: ({ center_ssh_host: host, center_ssh_port: port }) => ({
    message: `The host key of ${host}, port ${port}, is not known here.`,
    hint: `${setUpKeys} and compare the fingerprint with the one that the centre shows.`,
  }),
  HOST_KEY_CHANGED: ({ center_ssh_host: host, center_ssh_port: port }) => ({
    message: `The host key of ${host}, port ${port}, is another than before: it was installed anew, or somebody stands in between.`,
    hint: `Compare the fingerprint on the centre’s own screen before you trust it. ${setUpKeys} to enrol the new one.`,
  }),
  ALGO_MISMATCH: (_, said) => ({
    message: `The centre and this server have no algorithm in common: ${said}`,
    hint: 'Update OpenSSH on the older one.',
  }),
  SSHD_DOWN: ({ center_ssh_host: host, center_ssh_port: port }) => ({
    message: `${host} refuses connections to port ${port}.`,
    hint: 'Start the ssh service on the centre (Windows: Start-Service sshd); check center_ssh_port and the firewall.',
  }),
  NETWORK_UNREACHABLE: ({ center_ssh_host: host }, said) => ({
    message: `There is no route to ${host}${said === '' ? '' : `: ${said}`}.`,
    hint: `Check the network of this server: ip route get ${host}`,
  }),
  CONNECT_TIMEOUT: ({ center_ssh_host: host, center_ssh_port: port }) => ({
    message: `${host}, port ${port}, does not answer.`,
    hint: 'Check that the centre runs and that its firewall lets this server in.',
  }),
  DNS_FAILED: ({ center_ssh_host: host }) => ({
    message: `The name ${host} does not resolve.`,
    hint: `Check it on this server: getent hosts ${host}`,
  }),
  SERVER_REJECTED: ({ center_ssh_host: host, center_ssh_port: port }) => ({
    message: `${host}, port ${port}, hung up before the login.`,
    hint: 'Check center_ssh_port. If it is an ssh server, it has too many logins at once or has locked this address out for a while: its log says so.',
  }),
  LINK_LOST: ({ center_ssh_host: host }, said) => ({
    message: `Nothing comes back from ${host} any more${said === '' ? '' : `: ${said}`}.`,
    hint: 'It is tried again as soon as the centre can be reached.',
  }),
  SERVER_CLOSED: ({ center_ssh_host: host }) => ({
    message: `${host} closed the connection.`,
    hint: 'It is tried again. If it happens often, the log of sshd on the centre says why.',
  }),
  FORWARD_DENIED: ({ center_proxy_port: port }) => ({
    message: `The centre forbids to connect to 127.0.0.1:${port}.`,
    hint: `Allow it there: permitopen="127.0.0.1:${port}" in authorized_keys, PermitOpen 127.0.0.1:${port} in sshd_config (localhost is not the same). Then start the tunnel again.`,
  }),
  PROXY_DOWN: ({ center_proxy_port: port }, said) => ({
    message: `The tunnel is up, but on the centre no proxy answers at 127.0.0.1:${port}${said === '' ? '' : `: ${said}`}.`,
    hint: `Start the proxy on the centre, at 127.0.0.1:${port}.`,
  }),
}

/** @param said what ssh or a check had to say, if anything */
export function failureOf(code: TunnelCode, config: ProxyConfig, said = ''): Failure {
  return { code, ...words[code](config, said), said }
}

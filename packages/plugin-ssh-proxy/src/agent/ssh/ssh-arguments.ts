import type { ProxyConfig } from '../../proxy-config.js'

/** What ssh is told beside the configuration of the tunnel. */
export interface SshSettings {
  known_hosts_file: string
  server_alive_interval_s: number
  server_alive_count_max: number
  /** Take the host key of a centre that is seen for the first time. */
  accepts_new_host_key: boolean
}

/**
 * The arguments of ssh for one tunnel. Every value has been checked by its pattern; none of the user's
 * or the system's own configuration is read, and what could run a command, listen elsewhere or ask
 * somebody is off.
 *
 * @param identity_file its real path
 */
export function sshArguments(
  config: ProxyConfig,
  identity_file: string,
  settings: SshSettings,
): string[] {
  const options = {
    BatchMode: 'yes',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    // accept-new takes only a first one: one that has changed is refused either way.
    StrictHostKeyChecking: settings.accepts_new_host_key ? 'accept-new' : 'yes',
    UserKnownHostsFile: settings.known_hosts_file,
    GlobalKnownHostsFile: 'none',
    UpdateHostKeys: 'no',
    ExitOnForwardFailure: 'yes',
    GatewayPorts: 'no',
    ControlMaster: 'no',
    ControlPath: 'none',
    ProxyCommand: 'none',
    // Without it a port that drops packets takes 135 s an attempt, and one that says nothing for ever.
    ConnectTimeout: 10,
    ConnectionAttempts: 1,
    ServerAliveInterval: settings.server_alive_interval_s,
    ServerAliveCountMax: settings.server_alive_count_max,
    // ERROR and QUIET hide why a channel could not be opened.
    LogLevel: 'INFO',
  }
  return [
    ...['-F', 'none', '-N', '-T', '-a', '-x'],
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ...['-i', identity_file],
    ...['-p', String(config.center_ssh_port)],
    ...['-L', `127.0.0.1:${config.server_listen_port}:127.0.0.1:${config.center_proxy_port}`],
    ...['-l', config.center_ssh_user],
    ...['--', config.center_ssh_host],
  ]
}

/** `user@host:port → 127.0.0.1:7879` */
export function targetOf(config: ProxyConfig): string {
  const { center_ssh_host: host, center_ssh_port, center_ssh_user, center_proxy_port } = config
  const shown = host.includes(':') ? `[${host}]` : host
  return `${center_ssh_user}@${shown}:${center_ssh_port} → 127.0.0.1:${center_proxy_port}`
}

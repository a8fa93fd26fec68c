import { type Static, Type } from '@mon/core'
import { HOST_PATTERN, PATH_PATTERN, USER_PATTERN } from './proxy-patterns.js'

export { HOST_PATTERN, PATH_PATTERN, USER_PATTERN }

const port = (settings: { default: number; description: string }) =>
  Type.Integer({ minimum: 1, maximum: 65_535, ...settings })

/** `proxy_config`: the tunnel of one server, as its form saves it and its agent gets it. */
export const ProxyConfig = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'false: the tunnel is stopped, and is not started',
    }),
    server_listen_port: port({
      default: 8080,
      description: 'Where the proxy is on the server: 127.0.0.1 and this port',
    }),
    center_proxy_port: port({
      default: 7879,
      description: 'Where the proxy listens on the centre: 127.0.0.1 and this port',
    }),
    center_ssh_host: Type.String({
      pattern: HOST_PATTERN,
      minLength: 1,
      maxLength: 253,
      description: 'The centre as the server reaches it: a name or an IP address',
    }),
    center_ssh_port: port({ default: 22, description: 'The port of sshd on the centre' }),
    center_ssh_user: Type.String({
      pattern: USER_PATTERN,
      minLength: 1,
      maxLength: 64,
      description: 'The user on the centre whose authorized_keys has the key',
    }),
    identity_file: Type.String({
      pattern: PATH_PATTERN,
      maxLength: 1024,
      description: 'The private key on the server, mode 0600, without a passphrase',
    }),
    strict_host_key_checking: Type.Boolean({
      default: true,
      description:
        'false: a host key that is seen for the first time is taken on trust, where the agent allows that; a changed one never is',
    }),
    auto_start: Type.Boolean({
      default: true,
      description: 'The tunnel comes up with the agent',
    }),
  },
  { additionalProperties: false },
)
export type ProxyConfig = Static<typeof ProxyConfig>

import { type Static, Type } from '@mon/core'
import { HOST_PATTERN } from '../proxy-config.js'

const port = (settings: { default: number; description: string }) =>
  Type.Integer({ minimum: 1, maximum: 65_535, ...settings })

/**
 * What the agent's own file says of the tunnel. It bounds what the aggregator may ask for:
 * nothing here can be changed from outside.
 */
export const AgentConfig = Type.Object({
  allowed_ssh_hosts: Type.Array(Type.String({ pattern: HOST_PATTERN, maxLength: 253 }), {
    default: [],
    description:
      'The centres that it may connect to, as written in center_ssh_host; none unless given',
  }),
  identity_dir: Type.Optional(
    Type.String({ minLength: 1, description: 'The folder that holds every key it may use' }),
  ),
  known_hosts_file: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The host keys it trusts; state_dir/known_hosts unless given',
    }),
  ),
  state_dir: Type.String({
    default: './ssh-proxy',
    minLength: 1,
    description: 'A folder of its own, mode 0700, for the saved configuration',
  }),
  min_listen_port: port({
    default: 1024,
    description: 'The lowest server_listen_port that it takes',
  }),
  max_listen_port: port({
    default: 65_535,
    description: 'The highest server_listen_port that it takes',
  }),
  allow_accept_new: Type.Boolean({
    default: false,
    description: 'Whether strict_host_key_checking: false is obeyed',
  }),
  server_alive_interval_s: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 300,
    description: 'Seconds without a word after which ssh asks the centre whether it is there',
  }),
  server_alive_count_max: Type.Integer({
    default: 3,
    minimum: 1,
    maximum: 10,
    description: 'How many of these may stay without an answer',
  }),
  probe_interval_s: Type.Number({
    default: 10,
    minimum: 1,
    maximum: 300,
    description: 'Seconds between two questions to the proxy through the tunnel',
  }),
})
export type AgentConfig = Static<typeof AgentConfig>

import { Type } from 'typebox'
import { logLevels } from '../log.js'

/** The keys that agent and aggregator have in common. */
export const hostConfig = {
  token_file: Type.Optional(
    Type.String({ description: 'File with the bearer token that requests must carry, mode 0600' }),
  ),
  tls: Type.Optional(
    Type.Object(
      {
        cert_file: Type.String({ description: 'The certificate, and those above it, in PEM' }),
        key_file: Type.String({ description: 'Its key in PEM, mode 0600' }),
      },
      {
        additionalProperties: false,
        description: 'Serve HTTPS; renewed files are taken without a restart',
      },
    ),
  ),
  allowed_hosts: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*$' }), {
    default: [],
    description: 'Names, besides loopback and IP addresses, by which it may be called',
  }),
  log_level: Type.Enum(logLevels, { default: 'info' }),
  plugin_timeout_s: Type.Number({
    minimum: 1,
    maximum: 600,
    default: 10,
    description: 'How long a plugin may take for each step of the start',
  }),
  on_plugin_failure: Type.Enum(['degrade', 'abort'], {
    default: 'degrade',
    description: 'degrade: go on without a plugin that fails to start; abort: do not start',
  }),
  plugins: Type.Record(Type.String(), Type.Union([Type.Object({}), Type.Null()]), {
    default: {},
    description: 'Configuration of each plugin, by the name of its package',
  }),
}

import { type Static, Type } from 'typebox'
import { hostConfig } from '../plugin/host-config.js'

/** What `aggregator.yaml` may hold. */
export const AggregatorConfig = Type.Object({
  listen: Type.String({
    format: 'listen-address',
    default: '127.0.0.1:7880',
    description: 'host:port; beyond loopback only with token_file or password_file',
  }),
  password_file: Type.Optional(
    Type.String({
      description: 'File with what `mon hash-password` prints, mode 0600; people log in with it',
    }),
  ),
  database: Type.String({ default: './monitor.db', description: 'The SQLite file' }),
  poll_interval_s: Type.Number({
    minimum: 1,
    maximum: 3600,
    default: 5,
    description: 'How often each server is polled, unless it has an interval of its own',
  }),
  live_window_mb: Type.Number({
    minimum: 0,
    maximum: 65_536,
    default: 128,
    description: 'Memory for the last 60 minutes of all servers, MiB; 0 keeps nothing',
  }),
  ...hostConfig,
})
export type AggregatorConfig = Static<typeof AggregatorConfig>

import { type Static, Type } from 'typebox'
import { hostConfig } from '../plugin/host-config.js'

/** What `aggregator.yaml` may hold. */
export const AggregatorConfig = Type.Object({
  listen: Type.String({
    format: 'listen-address',
    default: '127.0.0.1:7880',
    description: 'host:port; beyond loopback only with token_file',
  }),
  database: Type.String({ default: './monitor.db', description: 'The SQLite file' }),
  poll_interval_s: Type.Number({
    minimum: 1,
    maximum: 3600,
    default: 5,
    description: 'How often each server is polled, unless it has an interval of its own',
  }),
  ...hostConfig,
})
export type AggregatorConfig = Static<typeof AggregatorConfig>

import { formatFamily, type MetricFamily, type Sample } from './exposition.js'

/**
 * What core itself tells Prometheus, beside the declared metrics.
 * `docs/reference/metrics.md` describes each (a test keeps the two together).
 */
export const ownFamilies = {
  // The fleet, on the aggregator
  mon_server_up: {
    type: 'gauge',
    help: 'Whether the server answers; not there while it is disabled or not polled yet',
  },
  mon_server_state: { type: 'gauge', help: '1 for the state the server is in, 0 for the others' },
  mon_server_last_seen_timestamp_seconds: {
    type: 'gauge',
    help: 'When the server last answered, by the clock of the aggregator',
  },
  mon_server_poll_duration_seconds: {
    type: 'gauge',
    help: 'How long the last answer of the server took',
  },
  mon_server_polls_total: { type: 'counter', help: 'Polls of the server' },
  mon_server_poll_failures_total: {
    type: 'counter',
    help: 'Polls of the server that brought no snapshot',
  },
  mon_poll_failures_total: {
    type: 'counter',
    help: 'Polls of all servers that brought no snapshot, by error code',
  },
  mon_poll_duration_seconds: {
    type: 'histogram',
    help: 'How long the answers of all servers took',
  },
  mon_live_window_bytes: { type: 'gauge', help: 'Memory held by the live window' },

  // The collectors, on the agent
  mon_collector_up: { type: 'gauge', help: 'Whether the last run of the collector succeeded' },
  mon_collector_duration_seconds: {
    type: 'gauge',
    help: 'How long the last finished run of the collector took',
  },
  mon_collector_age_seconds: {
    type: 'gauge',
    help: 'Age of the values that the collector serves',
  },

  // The host and its plugins, on both
  mon_build_info: { type: 'gauge', help: 'Always 1; the labels say what runs' },
  mon_plugin_state: { type: 'gauge', help: '1 for the state the plugin is in, 0 for the others' },
  mon_hook_calls_total: { type: 'counter', help: 'Calls of the plugin’s taps on the hook' },
  mon_hook_failures_total: {
    type: 'counter',
    help: 'Calls of the plugin’s taps on the hook that failed or took too long',
  },
  mon_hook_seconds_total: {
    type: 'counter',
    help: 'Time from the start to the end of the plugin’s taps on the hook, waiting included',
  },
  mon_hook_slowest_seconds: {
    type: 'gauge',
    help: 'The slowest call of the plugin’s taps on the hook',
  },
  mon_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'How long the event loop took to come round, when this was asked for',
  },
  mon_event_loop_busy_seconds_total: {
    type: 'counter',
    help: 'Time that the event loop was not idle',
  },
  process_cpu_seconds_total: {
    type: 'counter',
    help: 'Total user and system CPU time spent in seconds',
  },
  process_resident_memory_bytes: { type: 'gauge', help: 'Resident memory size in bytes' },
  process_start_time_seconds: {
    type: 'gauge',
    help: 'Start time of the process since the Unix epoch in seconds',
  },
} as const satisfies Record<string, MetricFamily>

export type OwnFamily = keyof typeof ownFamilies

export function formatOwnFamily(name: OwnFamily, samples: Iterable<Sample>): Generator<string> {
  return formatFamily(name, ownFamilies[name], samples)
}

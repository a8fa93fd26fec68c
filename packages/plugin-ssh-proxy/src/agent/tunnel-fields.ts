import type { ProxyStatus } from '../proxy-status.js'

/** What a snapshot says of the tunnel. */
export function fieldsOf({ status, target, retry_count, probe }: ProxyStatus) {
  const isWanted = status !== 'stopped'
  return {
    proxy_status: target === null && !isWanted ? null : status,
    proxy_up: isWanted ? Number(status === 'connected') : null,
    proxy_retries: isWanted ? retry_count : null,
    proxy_probe_s: probe?.ok === true ? probe.ms / 1000 : null,
  }
}

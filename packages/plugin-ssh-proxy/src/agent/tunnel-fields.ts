import type { ProxyStatus } from '../proxy-status.js'

/** What a snapshot says of the tunnel. */
export function fieldsOf({ events: _events, ...proxy }: ProxyStatus) {
  const { status, target, retry_count, probe } = proxy
  const isWanted = status !== 'stopped'
  const hasNone = target === null && !isWanted
  return {
    proxy: hasNone ? null : proxy,
    proxy_status: hasNone ? null : status,
    proxy_up: isWanted ? Number(status === 'connected') : null,
    proxy_retries: isWanted ? retry_count : null,
    proxy_probe_s: probe?.ok === true ? probe.ms / 1000 : null,
  }
}

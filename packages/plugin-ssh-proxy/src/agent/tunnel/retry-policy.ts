import type { TunnelCode } from './failure.js'

/** How a failure is retried. */
export interface RetryRule {
  /** Never sooner, seconds; 0 leaves it to the back-off. */
  min_s: number
  /** Whether to look out for the centre meanwhile, and try again as soon as it can be reached. */
  watches_network: boolean
}

const MAX_DELAY_S = 60

const network = { min_s: 0, watches_network: true }
const rules: Record<TunnelCode, RetryRule | null> = {
  // Nothing changes until somebody mends it.
  CONFIG_INVALID: null,
  REMOTE_CONFIG_REFUSED: null,
  SECRET_TOO_OPEN: null,
  SSH_MISSING: null,
  BIND_FAILED: null,
  KEY_MISSING: null,
  KEY_PERMS: null,
  KEY_INVALID: null,
  KEY_PASSPHRASE: null,
  HOST_KEY_UNKNOWN: null,
  HOST_KEY_CHANGED: null,
  ALGO_MISMATCH: null,

  SSHD_DOWN: network,
  NETWORK_UNREACHABLE: network,
  CONNECT_TIMEOUT: network,
  DNS_FAILED: network,
  LINK_LOST: network,
  SERVER_CLOSED: network,

  SSH_FAILED: { min_s: 0, watches_network: false },
  SERVER_REJECTED: { min_s: 5, watches_network: false },
  PORT_IN_USE: { min_s: 30, watches_network: false },
  // sshd locks out an address that fails often, and with it every server behind the same NAT.
  AUTH_FAILED: { min_s: 60, watches_network: false },

  // ssh lives on with these: they end nothing that could be tried again.
  FORWARD_DENIED: null,
  PROXY_DOWN: null,
}

/** null: it is of no use to try again. */
export function retryRule(code: TunnelCode): RetryRule | null {
  return rules[code]
}

/**
 * 1, 2, 4, 8 … 60 s, each a fifth more or less, so that the servers of a fleet do not all come
 * at once when their centre is back.
 *
 * @param step how many delays there were before
 * @param random from 0 to 1
 * @returns seconds
 */
export function backOff(step: number, { min_s }: Pick<RetryRule, 'min_s'>, random: number): number {
  const base_s = Math.min(MAX_DELAY_S, 2 ** step)
  if (min_s > base_s) return min_s * (1 + 0.2 * random)
  return Math.max(min_s, base_s * (0.8 + 0.4 * random))
}

/**
 * How long a centre that can be reached is left alone, seconds: where one accepts the connection and then
 * fails every time, looking out for it must not defeat the back-off.
 *
 * @param wakes how often that happened since the tunnel was last well
 */
export function wakeFloor(wakes: number): number {
  return Math.min(MAX_DELAY_S, 2 ** wakes)
}

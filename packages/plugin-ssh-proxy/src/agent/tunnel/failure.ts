import type { ErrorCode } from '@mon/core'

/** The codes of the catalogue that a tunnel fails with. */
export type TunnelCode = Extract<
  ErrorCode,
  | 'CONFIG_INVALID'
  | 'REMOTE_CONFIG_REFUSED'
  | 'SECRET_TOO_OPEN'
  | 'SSH_MISSING'
  | 'SSH_FAILED'
  | 'PORT_IN_USE'
  | 'BIND_FAILED'
  | 'KEY_MISSING'
  | 'KEY_PERMS'
  | 'KEY_INVALID'
  | 'KEY_PASSPHRASE'
  | 'AUTH_FAILED'
  | 'HOST_KEY_UNKNOWN'
  | 'HOST_KEY_CHANGED'
  | 'ALGO_MISMATCH'
  | 'SSHD_DOWN'
  | 'NETWORK_UNREACHABLE'
  | 'CONNECT_TIMEOUT'
  | 'DNS_FAILED'
  | 'SERVER_REJECTED'
  | 'LINK_LOST'
  | 'SERVER_CLOSED'
  | 'FORWARD_DENIED'
  | 'PROXY_DOWN'
>

/** What keeps the tunnel from working: what failed and why, and what to do next. */
export interface Failure {
  code: TunnelCode
  message: string
  hint: string | null
  /** The very words of ssh, or of a check, for the log. */
  said: string
}

import { maskText } from './secret-text.js'

/**
 * The one catalogue of errors. A code is stable: programs may depend on it, and
 * `docs/reference/errors.md` describes each (a test keeps the two together).
 *
 * `status` is the HTTP status where the error reaches a client.
 */
export const errorCatalogue = {
  // Configuration
  CONFIG_UNREADABLE: { status: 500, title: 'The configuration file cannot be read' },
  CONFIG_INVALID: { status: 500, title: 'The configuration is not valid' },
  LISTEN_REFUSED: { status: 500, title: 'The address to listen on is not safe' },
  LISTEN_FAILED: { status: 500, title: 'The address to listen on cannot be used' },
  SECRET_TOO_OPEN: { status: 500, title: 'A file that holds a secret is open to others' },

  // Plugins
  PLUGIN_NOT_FOUND: { status: 500, title: 'A plugin is not installed' },
  PLUGIN_INVALID: { status: 500, title: 'A module is not a plugin' },
  PLUGIN_DUPLICATE: { status: 500, title: 'Two plugins have the same id' },
  PLUGIN_API_MISMATCH: { status: 500, title: 'A plugin is made for another version of the host' },
  PLUGIN_DEPENDENCY_MISSING: { status: 500, title: 'A plugin needs another one that is not there' },
  PLUGIN_DEPENDENCY_CYCLE: { status: 500, title: 'Plugins depend on each other in a circle' },
  PLUGIN_DEPENDENCY_FAILED: { status: 500, title: 'A plugin needs another one that did not start' },
  PLUGIN_FAILED: { status: 500, title: 'A plugin failed' },
  PLUGIN_TIMEOUT: { status: 500, title: 'A plugin did not finish in time' },
  FIELD_CLAIMED: { status: 500, title: 'Two plugins claim the same snapshot field' },
  METRIC_INVALID: { status: 500, title: 'A metric declaration is not valid' },
  WIDGET_INVALID: { status: 500, title: 'A widget declaration is not valid' },

  // Collectors: these codes appear in a snapshot under `collectors`
  COLLECTOR_FAILED: { status: 500, title: 'A collector failed' },
  COLLECTOR_TIMEOUT: { status: 500, title: 'A collector did not answer in time' },
  COLLECTOR_INVALID: { status: 500, title: 'A collector returned values of the wrong type' },

  // Database
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database cannot be opened' },
  DATABASE_IN_USE: { status: 503, title: 'Another process uses the database' },
  DATABASE_FAILED: { status: 500, title: 'A database statement failed' },
  DATABASE_NEWER: { status: 500, title: 'The database was made by a newer version' },
  MIGRATION_INVALID: { status: 500, title: 'A migration declaration is not valid' },
  MIGRATION_CHANGED: { status: 500, title: 'A migration differs from the one that was applied' },
  MIGRATION_FAILED: { status: 500, title: 'A migration failed and was rolled back' },

  // Requests
  HOST_REFUSED: { status: 403, title: 'The Host header names another site' },
  ORIGIN_REFUSED: { status: 403, title: 'The request comes from another site' },
  UNAUTHORIZED: { status: 401, title: 'A valid token or session is needed' },
  WRONG_PASSWORD: { status: 401, title: 'The password is wrong' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'There were too many attempts to log in' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests from one address' },
  REQUEST_INVALID: { status: 400, title: 'The request is not valid' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request is too large' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers of the request are too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  SERVER_NOT_FOUND: { status: 404, title: 'There is no such server' },
  SERVER_NAME_TAKEN: { status: 409, title: 'Another server has this name' },
  TOO_MANY_EXPORTS: { status: 503, title: 'Too many exports run at once' },
  PRECONDITION_FAILED: { status: 412, title: 'Somebody else has changed it meanwhile' },
  INTERNAL: { status: 500, title: 'Something failed inside' },

  // Agents, as the aggregator meets them: these codes appear in `last_error`
  AGENT_UNREACHABLE: { status: 502, title: 'The agent cannot be reached' },
  AGENT_TIMEOUT: { status: 504, title: 'The agent did not answer in time' },
  AGENT_UNAUTHORIZED: { status: 502, title: 'The agent refused the token' },
  AGENT_HTTP_ERROR: { status: 502, title: 'The agent answered with an error' },
  AGENT_INVALID_SNAPSHOT: { status: 502, title: 'The answer is not a snapshot' },

  // Tunnels: what is asked of one, and then what may keep one from working, as its `last_error`
  REMOTE_CONFIG_REFUSED: { status: 403, title: 'The agent does not allow this from outside' },
  PROXY_NOT_INSTALLED: { status: 502, title: 'The agent keeps no tunnels' },
  PROXY_NOT_CONFIGURED: { status: 409, title: 'The tunnel has no configuration yet' },
  PROXY_DISABLED: { status: 409, title: 'The tunnel is disabled' },
  SSH_MISSING: { status: 500, title: 'The ssh client cannot be started' },
  SSH_FAILED: { status: 502, title: 'The ssh client ended' },
  PORT_IN_USE: { status: 409, title: 'Another program has the port of the tunnel' },
  BIND_FAILED: { status: 500, title: 'The port of the tunnel cannot be opened' },
  KEY_MISSING: { status: 500, title: 'The private key is not there' },
  KEY_PERMS: { status: 500, title: 'The private key is open to others' },
  KEY_INVALID: { status: 500, title: 'The private key cannot be used' },
  KEY_PASSPHRASE: { status: 500, title: 'The private key has a passphrase' },
  AUTH_FAILED: { status: 502, title: 'The centre does not accept the key' },
  HOST_KEY_UNKNOWN: { status: 502, title: 'The host key of the centre is not known' },
  HOST_KEY_CHANGED: { status: 502, title: 'The host key of the centre has changed' },
  ALGO_MISMATCH: { status: 502, title: 'The centre and this server have no algorithm in common' },
  SSHD_DOWN: { status: 502, title: 'Nothing listens at the ssh port of the centre' },
  NETWORK_UNREACHABLE: { status: 502, title: 'There is no route to the centre' },
  CONNECT_TIMEOUT: { status: 504, title: 'The centre does not answer' },
  DNS_FAILED: { status: 502, title: 'The name of the centre does not resolve' },
  SERVER_REJECTED: { status: 502, title: 'The centre hung up before the login' },
  LINK_LOST: { status: 504, title: 'The link to the centre was lost' },
  SERVER_CLOSED: { status: 502, title: 'The centre closed the connection' },
  FORWARD_DENIED: { status: 502, title: 'The centre forbids the forward' },
  PROXY_DOWN: { status: 502, title: 'The proxy on the centre does not answer' },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errorCatalogue

export interface ErrorEntry {
  status: number
  title: string
}

export interface MonErrorOptions {
  /** What the reader can do about it. */
  hint?: string
  cause?: unknown
}

/**
 * An error with a code from the catalogue. `message` says what failed and why,
 * `hint` what to do next. Neither may hold a secret: both are shown to people. What can be told
 * from its place, such as the password of a URL, is masked.
 *
 * @example
 * throw new MonError('SERVER_NOT_FOUND', 'There is no server with id 7.')
 */
export class MonError extends Error {
  override readonly name = 'MonError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: MonErrorOptions = {}) {
    super(maskText(message), options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint && maskText(options.hint)
  }

  get status(): number {
    return errorCatalogue[this.code].status
  }
}

/** Any thrown value as one line of text for a log or a report, with the secrets that can be told masked. */
export function messageOf(error: unknown): string {
  return maskText(error instanceof Error ? error.message : String(error))
}

/**
 * Several problems found at once become one error that lists them all.
 * Its code is the first one's; the errors themselves are its `cause`.
 */
export function joinErrors(errors: readonly [MonError, ...MonError[]]): MonError {
  const [first, ...others] = errors
  if (others.length === 0) return first
  const lines = errors.map((error) => `- ${error.message}`)
  const hints = [...new Set(errors.flatMap((error) => error.hint ?? []))]
  return new MonError(first.code, `${errors.length} problems:\n${lines.join('\n')}`, {
    cause: new AggregateError(errors),
    ...(hints.length > 0 && { hint: hints.join(' ') }),
  })
}

/** An error in words for a terminal: its code, what failed, and what to do next. */
export function explain(error: unknown): string {
  if (!(error instanceof MonError)) return messageOf(error)
  const hint = error.hint === undefined ? '' : `\n${error.hint}`
  return `${error.code}: ${error.message}${hint}`
}

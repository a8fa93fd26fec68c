import type { ProxyConfig } from '../../proxy-config.js'
import type { Failure, TunnelCode } from '../tunnel/failure.js'
import { failureOf } from '../tunnel/failures.js'

type Rule = readonly [pattern: RegExp, code: TunnelCode]

/**
 * What ssh says when it ends, most specific first: "Permission denied" often follows the real cause.
 * Words of OpenSSH 9.2 in the C locale; those of other versions differ little.
 */
const endings: readonly Rule[] = [
  [/bind \[.*\]:\d+: Address already in use|cannot listen to port/, 'PORT_IN_USE'],
  [/bind .*: (?:Cannot assign requested address|Permission denied)/, 'BIND_FAILED'],
  [/Identity file .* not accessible/, 'KEY_MISSING'],
  [/UNPROTECTED PRIVATE KEY FILE|bad permissions/, 'KEY_PERMS'],
  [/Load key .*: (?:error in libcrypto|invalid format)/, 'KEY_INVALID'],
  [/IDENTIFICATION HAS CHANGED|[Hh]ost key .* has changed/, 'HOST_KEY_CHANGED'],
  [/No \S+ host key is known for|Host key verification failed/, 'HOST_KEY_UNKNOWN'],
  [/Unable to negotiate .* no matching/, 'ALGO_MISMATCH'],
  [/Permission denied \(|Too many authentication failures/, 'AUTH_FAILED'],
  [/connect to host .*: Connection refused/, 'SSHD_DOWN'],
  [/Network is unreachable|No route to host/, 'NETWORK_UNREACHABLE'],
  [/connect to host .*: Connection timed out|timed out during banner exchange/, 'CONNECT_TIMEOUT'],
  [/Could not resolve hostname/, 'DNS_FAILED'],
  [/kex_exchange_identification: (?:Connection closed|read: Connection reset)/, 'SERVER_REJECTED'],
  [/Timeout, server .* not responding/, 'LINK_LOST'],
  [/closed by remote host|send disconnect: Broken pipe/, 'SERVER_CLOSED'],
  [/Bad port|Bad local forwarding|Bad configuration option|invalid characters/, 'CONFIG_INVALID'],
]

/** What it says while it lives on, of a connection through the tunnel that had no way out at the centre. */
const refusals: readonly Rule[] = [
  [/^channel \d+: open failed: administratively prohibited/, 'FORWARD_DENIED'],
  [/^channel \d+: open failed: connect failed/, 'PROXY_DOWN'],
]

/** @returns the code of a line that ssh writes while it lives on, null for any other line */
export function refusalOf(line: string): 'FORWARD_DENIED' | 'PROXY_DOWN' | null {
  const code = codeIn(refusals, line)
  return code === 'FORWARD_DENIED' || code === 'PROXY_DOWN' ? code : null
}

/** How a process ended. */
export interface Ending {
  status: number | null
  signal: string | null
  /** The last lines of standard error, without those of `refusalOf`. */
  lines: readonly string[]
}

/**
 * Why ssh ended. It exits with 255 for every failure of its own, so what tells them apart is
 * its words; with 0 after SIGTERM, which nobody asked for, or we would not ask why.
 */
export function explainEnding({ status, signal, lines }: Ending, config: ProxyConfig): Failure {
  const text = lines.join('\n')
  const code = codeIn(endings, text)
  const said = lastWords(lines)
  if (code !== null) return failureOf(code, config, said)
  const how = signal === null ? `with status ${status}` : `by ${signal}`
  return failureOf('SSH_FAILED', config, said === '' ? how : `${how}: ${said}`)
}

function codeIn(rules: readonly Rule[], text: string): TunnelCode | null {
  return rules.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** Without the frame of at signs that ssh draws around its warnings. */
function lastWords(lines: readonly string[]): string {
  const words = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^@/.test(line))
  return words.slice(-3).join(' ').slice(0, 400)
}

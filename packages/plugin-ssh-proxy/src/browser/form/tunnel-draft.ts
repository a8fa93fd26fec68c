import type { ProxyConfig } from '../../proxy-config.js'
import { HOST_PATTERN, PATH_PATTERN, USER_PATTERN } from '../../proxy-patterns.js'

/** A tunnel as it stands in the form: text until it is checked. */
export interface TunnelDraft {
  enabled: boolean
  server_listen_port: string
  center_proxy_port: string
  center_ssh_host: string
  center_ssh_port: string
  center_ssh_user: string
  identity_file: string
  strict_host_key_checking: boolean
  auto_start: boolean
}

export const textFields = [
  'server_listen_port',
  'center_proxy_port',
  'center_ssh_host',
  'center_ssh_port',
  'center_ssh_user',
  'identity_file',
] as const
export type TextField = (typeof textFields)[number]

/** What is wrong with a field: the key of its words. */
export type Problem = 'missing' | 'listen_port' | 'port' | 'host' | 'user' | 'path'

/** @param config null: a new one, which begins switched off */
export function draftOf(config: ProxyConfig | null): TunnelDraft {
  return {
    enabled: config?.enabled ?? false,
    server_listen_port: String(config?.server_listen_port ?? 8080),
    center_proxy_port: String(config?.center_proxy_port ?? 7879),
    center_ssh_host: config?.center_ssh_host ?? '',
    center_ssh_port: String(config?.center_ssh_port ?? 22),
    center_ssh_user: config?.center_ssh_user ?? '',
    identity_file: config?.identity_file ?? '',
    strict_host_key_checking: config?.strict_host_key_checking ?? true,
    auto_start: config?.auto_start ?? true,
  }
}

/** What is sent; to be used where there are no problems. */
export function configOf(draft: TunnelDraft): ProxyConfig {
  return {
    ...draft,
    server_listen_port: Number(draft.server_listen_port),
    center_proxy_port: Number(draft.center_proxy_port),
    center_ssh_host: draft.center_ssh_host.trim(),
    center_ssh_port: Number(draft.center_ssh_port),
    center_ssh_user: draft.center_ssh_user.trim(),
    identity_file: draft.identity_file.trim(),
  }
}

/** What the aggregator would refuse, and ports that no agent opens unless it is told to. */
export function problemsOf(draft: TunnelDraft): Partial<Record<TextField, Problem>> {
  const problems: Partial<Record<TextField, Problem>> = {}
  for (const field of textFields) {
    const text = draft[field].trim()
    const problem = text === '' ? 'missing' : checks[field](text)
    if (problem !== undefined) problems[field] = problem
  }
  return problems
}

const between = (least: number, problem: Problem) => (text: string) =>
  /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= 65_535 ? undefined : problem
const matching = (pattern: string, longest: number, problem: Problem) => {
  const allowed = new RegExp(pattern, 'u')
  return (text: string) => (text.length <= longest && allowed.test(text) ? undefined : problem)
}

const checks: Record<TextField, (text: string) => Problem | undefined> = {
  server_listen_port: between(1024, 'listen_port'),
  center_proxy_port: between(1, 'port'),
  center_ssh_host: matching(HOST_PATTERN, 253, 'host'),
  center_ssh_port: between(1, 'port'),
  center_ssh_user: matching(USER_PATTERN, 64, 'user'),
  identity_file: matching(PATH_PATTERN, 1024, 'path'),
}

/** A draft that came back from the form around it. */
export function isDraft(value: unknown): value is TunnelDraft {
  return typeof value === 'object' && value !== null && 'center_ssh_host' in value
}

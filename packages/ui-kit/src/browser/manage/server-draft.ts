import type { FieldErrors } from '../form/field-errors.js'
import { parseTags, tagsText } from '../form/tags.js'
import type { Server } from '../live/server.js'

/** A server as it stands in the form: text until it is checked. */
export interface ServerDraft {
  name: string
  base_url: string
  /** Empty: the saved one stays. */
  token: string
  /** The saved one goes. */
  removesToken: boolean
  poll_interval_s: string
  tags: string
  enabled: boolean
}

export const fields = ['name', 'base_url', 'token', 'poll_interval_s', 'tags'] as const
export type Field = (typeof fields)[number]

/** The key of what is said about a field. */
export type Problem = `manage.${
  | 'name_missing'
  | 'name_long'
  | 'address_missing'
  | 'address_scheme'
  | 'address_invalid'
  | 'token_invalid'
  | 'interval_invalid'
  | 'tags_long'}`

/** `ServerChange` of `@mon/core`; with name and address it is a `NewServer`. */
export interface ServerBody {
  name?: string
  base_url?: string
  token?: string | null
  poll_interval_s?: number | null
  tags?: string[]
  enabled?: boolean
}

type Entry = Pick<Server, 'name' | 'base_url' | 'tags' | 'enabled' | 'poll_interval_s'>

export function draftOf(server: Entry | undefined): ServerDraft {
  return {
    name: server?.name ?? '',
    base_url: server?.base_url ?? '',
    token: '',
    removesToken: false,
    poll_interval_s: server?.poll_interval_s?.toString() ?? '',
    tags: tagsText(server?.tags ?? []),
    enabled: server?.enabled ?? true,
  }
}

/** What the aggregator would refuse, in words that help. */
export function problemsOf(draft: ServerDraft): FieldErrors<Field, Problem> {
  const { name, base_url, token, poll_interval_s, tags } = draft
  const interval = Number(poll_interval_s)
  const list = parseTags(tags)
  return {
    ...(name.trim() === '' && { name: 'manage.name_missing' }),
    ...(name.trim().length > 100 && { name: 'manage.name_long' }),
    ...addressProblem(base_url.trim()),
    ...(!/^[\x21-\x7e]{0,500}$/.test(token) && { token: 'manage.token_invalid' }),
    ...(poll_interval_s.trim() !== '' &&
      !(interval >= 1 && interval <= 3600) && { poll_interval_s: 'manage.interval_invalid' }),
    ...((list.length > 50 || list.some((tag) => tag.length > 50)) && { tags: 'manage.tags_long' }),
  }
}

function addressProblem(text: string): FieldErrors<'base_url', Problem> {
  if (text === '') return { base_url: 'manage.address_missing' }
  if (!/^https?:\/\//.test(text)) return { base_url: 'manage.address_scheme' }
  const isAddress = /^https?:\/\/[^\s/?#@]+\/?$/.test(text) && URL.canParse(text)
  return isAddress ? {} : { base_url: 'manage.address_invalid' }
}

/** What is sent: of a server that exists only what changed, an empty body if nothing did. */
export function bodyOf(draft: ServerDraft, server: Entry | undefined): ServerBody {
  const body = {
    name: draft.name.trim(),
    base_url: draft.base_url.trim().replace(/\/$/, ''),
    poll_interval_s: draft.poll_interval_s.trim() === '' ? null : Number(draft.poll_interval_s),
    tags: parseTags(draft.tags),
    enabled: draft.enabled,
  }
  const token = draft.removesToken ? { token: null } : draft.token ? { token: draft.token } : {}
  if (server === undefined) return { ...body, ...(draft.token && { token: draft.token }) }
  return {
    ...(body.name !== server.name && { name: body.name }),
    ...(body.base_url !== server.base_url && { base_url: body.base_url }),
    ...(body.poll_interval_s !== server.poll_interval_s && {
      poll_interval_s: body.poll_interval_s,
    }),
    ...(tagsText(body.tags) !== tagsText(server.tags) && { tags: body.tags }),
    ...(body.enabled !== server.enabled && { enabled: body.enabled }),
    ...token,
  }
}

/** A saved token goes only where it was meant to: another address drops it. */
export function dropsToken(draft: ServerDraft, server: Entry | undefined): boolean {
  if (server === undefined || draft.token !== '' || draft.removesToken) return false
  const [before, after] = [server.base_url, draft.base_url.trim()].map(originOf)
  return after !== undefined && after !== before
}

/** The agent listens on 7881 unless it is told otherwise; an address without a port means 80 or 443. */
export function lacksPort(draft: ServerDraft): boolean {
  const text = draft.base_url.trim()
  return originOf(text) !== undefined && !/:\d+\/?$/.test(text)
}

function originOf(text: string): string | undefined {
  return /^https?:\/\/[^\s/?#@]+\/?$/.test(text) && URL.canParse(text)
    ? new URL(text).origin
    : undefined
}

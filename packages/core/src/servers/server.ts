import { type Static, Type } from 'typebox'
import { Snapshot } from '../snapshot/snapshot.js'

export const ServerState = Type.Union(
  [
    Type.Literal('online'),
    Type.Literal('degraded'),
    Type.Literal('offline'),
    Type.Literal('disabled'),
    Type.Literal('unknown'),
  ],
  {
    description:
      'degraded: it answered, with a collector not ok; offline: three polls missed; unknown: not polled yet',
  },
)
export type ServerState = Static<typeof ServerState>

export const LastError = Type.Object({
  code: Type.String(),
  message: Type.String(),
  hint: Type.Union([Type.String(), Type.Null()]),
  at: Type.Number({ description: 'Epoch seconds' }),
})
export type LastError = Static<typeof LastError>

const name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
const baseUrl = Type.String({
  maxLength: 2000,
  pattern: '^https?://[^\\s/?#@]+/?$',
  description: 'Where the agent listens, e.g. http://10.0.0.11:7881',
})
const token = Type.String({
  minLength: 1,
  maxLength: 500,
  // It travels in an HTTP header.
  pattern: '^[\\x21-\\x7e]+$',
  description: 'Write-only',
})
const tags = Type.Array(Type.String({ minLength: 1, maxLength: 50 }), {
  maxItems: 50,
  uniqueItems: true,
})
const pollInterval = Type.Number({ minimum: 1, maximum: 3600, description: 'Seconds' })

/** A server as the operator entered it. The token is never among what is read back. */
export const ServerEntry = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  name,
  base_url: Type.String(),
  tags,
  enabled: Type.Boolean(),
  poll_interval_s: Type.Union([pollInterval, Type.Null()], {
    description: "null: the aggregator's own interval",
  }),
})
export type ServerEntry = Static<typeof ServerEntry>

/** What is known of the last polls. */
export const ServerStatus = Type.Object({
  state: ServerState,
  last_seen: Type.Union([Type.Number(), Type.Null()], { description: 'Epoch seconds' }),
  last_error: Type.Union([LastError, Type.Null()]),
})
export type ServerStatus = Static<typeof ServerStatus>

/** A server as the API shows it. */
export const Server = Type.Object({
  ...ServerEntry.properties,
  ...ServerStatus.properties,
  latest: Type.Union([Snapshot, Type.Null()]),
})
export type Server = Static<typeof Server>

/** The same for a list: of `latest` the scalar fields, and of the cards what an overview shows. */
export const ServerSummary = Type.Object({
  ...ServerEntry.properties,
  ...ServerStatus.properties,
  latest: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
})
export type ServerSummary = Static<typeof ServerSummary>

export const NewServer = Type.Object(
  {
    name,
    base_url: baseUrl,
    token: Type.Optional(token),
    tags: Type.Optional(tags),
    poll_interval_s: Type.Optional(Type.Union([pollInterval, Type.Null()])),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type NewServer = Static<typeof NewServer>

/**
 * Every key may be left out and keeps its value; `token: null` removes the token. So does a
 * `base_url` of another origin without a token: a saved token goes only where it was meant to.
 */
export const ServerChange = Type.Partial(
  Type.Object({
    ...NewServer.properties,
    token: Type.Union([token, Type.Null()]),
  }),
  { additionalProperties: false },
)
export type ServerChange = Static<typeof ServerChange>

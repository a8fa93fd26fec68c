import { type Static, Type } from '@mon/core'

const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])
const time = (description: string) =>
  orNull(Type.Number({ description: `${description}; epoch seconds` }))

export const ProxyState = Type.Union(
  [
    Type.Literal('stopped', { description: 'Nobody wants it' }),
    Type.Literal('starting', { description: 'ssh is being started, and has not been through yet' }),
    Type.Literal('connected', { description: 'The proxy on the centre answers through it' }),
    Type.Literal('degraded', { description: 'ssh is through, but the proxy does not answer' }),
    Type.Literal('reconnecting', { description: 'It was lost or refused, and is tried again' }),
    Type.Literal('failed', { description: 'Trying again is of no use until somebody mends it' }),
  ],
  { description: 'How the tunnel fares' },
)
export type ProxyState = Static<typeof ProxyState>

/** What is wrong, or was last: `code` is one of the tunnel's in docs/reference/errors.md. */
export const ProxyError = Type.Object({
  code: Type.String({ description: 'Stable; for programs' }),
  message: Type.String({ description: 'What failed, and why' }),
  hint: orNull(Type.String({ description: 'What to do next' })),
  at: Type.Number({ description: 'Epoch seconds' }),
})
export type ProxyError = Static<typeof ProxyError>

/** A question asked through the tunnel, from end to end. */
export const ProxyProbe = Type.Object({
  ok: Type.Boolean({ description: 'Whether the proxy on the centre answered' }),
  ms: Type.Number({ description: 'How long the answer, or the refusal, took' }),
  at: Type.Number({ description: 'Epoch seconds' }),
})
export type ProxyProbe = Static<typeof ProxyProbe>

/** A change of the tunnel. */
export const ProxyEvent = Type.Object({
  at: Type.Number({ description: 'Epoch seconds' }),
  status: ProxyState,
  code: orNull(Type.String({ description: 'Of the error behind it' })),
  message: Type.String(),
})
export type ProxyEvent = Static<typeof ProxyEvent>

/** How many events an agent keeps. */
export const MAX_EVENTS = 50

/** What `GET /v1/proxy/status` answers, and `start` and `stop` too. */
export const ProxyStatus = Type.Object({
  status: ProxyState,
  pid: orNull(Type.Integer({ description: 'The process of ssh, where one runs' })),
  listen_port: orNull(Type.Integer({ description: 'On 127.0.0.1 of the server' })),
  target: orNull(Type.String({ description: '`user@host:port → 127.0.0.1:7879`' })),
  last_error: orNull(ProxyError),
  connected_since: time('Since when ssh is through'),
  retry_count: Type.Integer({ description: 'Failures since it was last well for 30 s' }),
  next_retry_at: time('When it is tried again'),
  healthy_since: time('Since when the proxy answers through it'),
  probe: orNull(ProxyProbe),
  events: Type.Array(ProxyEvent, { description: 'The last 50, oldest first' }),
})
export type ProxyStatus = Static<typeof ProxyStatus>

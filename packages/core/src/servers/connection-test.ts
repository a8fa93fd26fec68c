import { type Static, Type } from 'typebox'
import { Snapshot } from '../snapshot/snapshot.js'
import { NewServer, ServerEntry } from './server.js'
import type { AgentTarget } from './servers.js'

/** `id` names the server whose saved token is used where none is given. */
export const ConnectionTest = Type.Object(
  {
    base_url: NewServer.properties.base_url,
    token: NewServer.properties.token,
    id: Type.Optional(ServerEntry.properties.id),
  },
  { additionalProperties: false },
)
export type ConnectionTest = Static<typeof ConnectionTest>

/** A failed test is an answer, not an HTTP error. */
export const ConnectionTestResult = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    ms: Type.Number({ description: 'How long the answer took, milliseconds' }),
    hostname: Type.String(),
    agent_version: Type.String(),
    latest: Snapshot,
  }),
  Type.Object({
    ok: Type.Literal(false),
    error: Type.Object({ code: Type.String(), message: Type.String(), hint: Type.String() }),
  }),
])
export type ConnectionTestResult = Static<typeof ConnectionTestResult>

/** Asks an agent once. Never rejects for what the agent does. */
export type TestConnection = (target: AgentTarget) => Promise<ConnectionTestResult>

import { type AgentClient, MonError, type Server, type Static, Type } from '@mon/core'
import { ProxyConfig } from '../proxy-config.js'
import { ProxyStatus } from '../proxy-status.js'
import { type AgentAnswer, AgentFailure, askStatus, start, stop } from './ask-agent.js'
import type { ConfigStore, SavedConfig } from './config-store.js'
import { knownUnreachable } from './known-unreachable.js'

const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()])

/** The tunnel of one server: what is saved here, and how it fares there. */
export const ServerTunnel = Type.Object({
  config: orNull(ProxyConfig),
  etag: Type.String({ description: 'Of `config`, for `If-Match`; also the header of this name' }),
  status: orNull(ProxyStatus),
  status_error: Type.Union([AgentFailure, Type.Null()], {
    description: 'Why `status` is null',
  }),
  last_connected: orNull(
    Type.Number({ description: 'When the tunnel was last seen connected; epoch seconds' }),
  ),
})
export type ServerTunnel = Static<typeof ServerTunnel>

export const TunnelChange = Type.Object(
  {
    config: Type.Optional(
      Type.Unsafe<ProxyConfig>({
        ...ProxyConfig,
        description: 'The whole configuration; left out, the saved one stays',
      }),
    ),
    action: Type.Union([Type.Literal('start'), Type.Literal('stop'), Type.Null()], {
      default: null,
      description: 'start: also starts the tunnel, or starts it anew; null: saves only',
    }),
  },
  { additionalProperties: false },
)
export type TunnelChange = Static<typeof TunnelChange>

/** What came of a change: the configuration is saved even where the agent could not be told. */
export const ChangedTunnel = Type.Object({
  ...ServerTunnel.properties,
  action: orNull(
    Type.Object({
      action: Type.Union([Type.Literal('start'), Type.Literal('stop')]),
      ok: Type.Boolean(),
      error: orNull(AgentFailure),
    }),
  ),
})
export type ChangedTunnel = Static<typeof ChangedTunnel>

export interface TunnelOptions {
  configs: ConfigStore
  server(serverId: number): Server | undefined
  agent(serverId: number): AgentClient
  /** Epoch seconds. */
  lastConnected(serverId: number): number | null
}

export interface Tunnels {
  /** @throws MonError SERVER_NOT_FOUND */
  read(serverId: number): Promise<ServerTunnel>
  /** @throws MonError SERVER_NOT_FOUND, PRECONDITION_FAILED, PROXY_DISABLED; then nothing is saved */
  change(serverId: number, change: TunnelChange, ifMatch?: string): Promise<ChangedTunnel>
}

export function createTunnels({ configs, server, agent, lastConnected }: TunnelOptions): Tunnels {
  function show(serverId: number, saved: SavedConfig, answer: AgentAnswer): ServerTunnel {
    const { status, error } = answer
    return {
      ...saved,
      status,
      status_error: error,
      last_connected: lastConnected(serverId) ?? lastEvent(answer),
    }
  }

  async function ask(serverId: number): Promise<AgentAnswer> {
    return knownUnreachable(server(serverId)) ?? askStatus(agent(serverId))
  }

  return {
    async read(serverId) {
      const saved = await configs.read(serverId)
      return show(serverId, saved, await ask(serverId))
    },

    async change(serverId, { config, action: wanted }, ifMatch) {
      if (config?.enabled === false && wanted === 'start') throw disabled()
      const saved =
        config === undefined
          ? await configs.read(serverId, ifMatch)
          : await configs.save(serverId, config, ifMatch)
      const isDisabled = saved.config?.enabled === false
      if (isDisabled && wanted === 'start') throw disabled()
      // Whoever disables a tunnel wants it down, and need not say so twice.
      const action = config !== undefined && isDisabled ? 'stop' : wanted
      if (action === null) return { ...show(serverId, saved, await ask(serverId)), action: null }
      const client = agent(serverId)
      const answer =
        action === 'start'
          ? await start(client, saved.config)
          : await stop(client, isDisabled ? saved.config : null)
      const { error } = answer
      return {
        ...show(serverId, saved, await statusAfter(client, answer)),
        action: { action, ok: error === null, error },
      }
    },
  }
}

/** An agent that refused still has a status; one that did not answer is not asked again. */
function statusAfter(client: AgentClient, answer: AgentAnswer): AgentAnswer | Promise<AgentAnswer> {
  const refused = answer.error !== null && !/^(AGENT_|PROXY_NOT_INSTALLED)/.test(answer.error.code)
  return refused ? askStatus(client) : answer
}

function lastEvent({ status }: AgentAnswer): number | null {
  return status?.events.findLast((event) => event.status === 'connected')?.at ?? null
}

function disabled(): MonError {
  return new MonError('PROXY_DISABLED', 'The tunnel is disabled, and is not started.', {
    hint: 'Save a configuration with `enabled: true` first.',
  })
}

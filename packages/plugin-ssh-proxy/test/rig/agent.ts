import { join } from 'node:path'
import { createGuard } from '@mon/core'
import { startTestAgent, type TestAgent } from '@mon/core/testing'
import { sshProxy } from '../../src/index.js'
import type { ProxyConfig } from '../../src/proxy-config.js'
import { type ProxyState, ProxyStatus } from '../../src/proxy-status.js'
import type { Centre } from './centre.js'
import { until } from './processes.js'

const isProxyStatus = createGuard(ProxyStatus)

/** The tunnel of an agent, as an aggregator sees it. */
export interface TunnelClient {
  status(): Promise<ProxyStatus>
  /** @returns the answer, of any status */
  post(
    action: 'start' | 'stop',
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>
  start(config?: ProxyConfig): Promise<ProxyStatus>
  stopTunnel(): Promise<ProxyStatus>
  /** @returns the status, once the tunnel is as wanted */
  reaches(state: ProxyState, code?: string | null, limit_ms?: number): Promise<ProxyStatus>
}

/** A real agent, in the process of the test. */
export interface ProxyAgent extends TestAgent, TunnelClient {}

/** @param settings of the plugin, beside those that let it use the centre */
export async function startProxyAgent(
  centre: Pick<Centre, 'folder' | 'config' | 'known_hosts_file'>,
  settings: Record<string, unknown> = {},
  config: Record<string, unknown> = {},
): Promise<ProxyAgent> {
  const agent = await startTestAgent([sshProxy], {
    ...config,
    plugins: pluginsFor(centre, { probe_interval_s: 1, ...settings }),
  })
  return { ...agent, ...tunnelClient(agent.url) }
}

/** The section `plugins` of an agent that may use the centre. */
export function pluginsFor(
  { folder, config, known_hosts_file }: Pick<Centre, 'folder' | 'config' | 'known_hosts_file'>,
  settings: Record<string, unknown>,
) {
  return {
    '@mon/plugin-ssh-proxy': {
      allowed_ssh_hosts: [config.center_ssh_host],
      identity_dir: folder,
      known_hosts_file,
      state_dir: join(folder, 'state'),
      ...settings,
    },
  }
}

export function tunnelClient(url: string, token?: string): TunnelClient {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const client: TunnelClient = {
    status: async () => statusIn(await fetch(`${url}/v1/proxy/status`, { headers: authorization })),
    post: (action, body, headers) =>
      fetch(`${url}/v1/proxy/${action}`, {
        method: 'POST',
        headers: {
          ...authorization,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    start: async (config) =>
      statusIn(await client.post('start', config === undefined ? undefined : { config })),
    stopTunnel: async () => statusIn(await client.post('stop')),
    async reaches(state, code, limit_ms) {
      let status = await client.status()
      const isThere = () =>
        status.status === state &&
        (code === undefined || (status.last_error?.code ?? null) === code)
      await until(
        `the tunnel is ${state} ${code ?? ''}`,
        async () => {
          status = await client.status()
          return isThere()
        },
        limit_ms,
      ).catch((error: unknown) => {
        throw new Error(`${error}; it is ${JSON.stringify(status)}`)
      })
      return status
    },
  }
  return client
}

async function statusIn(response: Response): Promise<ProxyStatus> {
  const answer: unknown = await response.json()
  if (isProxyStatus(answer)) return answer
  throw new Error(`Not the status of a tunnel: ${JSON.stringify(answer)}`)
}

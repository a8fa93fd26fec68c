import { type RoutePlugin, Type } from '@mon/core'
import { ProxyConfig } from '../proxy-config.js'
import { ProxyStatus } from '../proxy-status.js'
import type { ProxyService } from './proxy-service.js'

const tags = ['proxy']
const body = Type.Object({ config: Type.Optional(ProxyConfig) }, { additionalProperties: false })

/** What stands below `/v1/proxy`: the aggregator steers the tunnel here. */
export function proxyRoutes(service: ProxyService): RoutePlugin {
  return async (app) => {
    // To start and to stop nothing needs to be said.
    app.addHook('preValidation', async (request) => {
      request.body ??= {}
    })

    app.get(
      '/status',
      { schema: { summary: 'How the tunnel fares', tags, response: { 200: ProxyStatus } } },
      () => service.status(),
    )

    app.post(
      '/start',
      {
        schema: {
          summary: 'Start the tunnel, or start it anew',
          description:
            'A `config` is saved, within what the agent’s own configuration allows; without one the ' +
            'saved one is taken. Answers when what can be checked before ssh is known, which is ' +
            'not yet the end of the login.',
          tags,
          body,
          response: { 200: ProxyStatus },
        },
      },
      ({ body }) => service.start(body.config),
    )

    app.post(
      '/stop',
      {
        schema: {
          summary: 'Stop the tunnel',
          description:
            'Answers when ssh is gone. A `config` is saved, such as one with enabled: false.',
          tags,
          body,
          response: { 200: ProxyStatus },
        },
      },
      ({ body }) => service.stop(body.config),
    )
  }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { MonError } from '../errors.js'
import { asPluginError } from './guard-taps.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Served to everybody, where other routes need a token or a session. */
    public?: boolean
  }
}

/** A Fastify plugin whose routes are typed by their TypeBox schemas. */
export type RoutePlugin = FastifyPluginAsyncTypebox

export interface RouteOptions {
  /** Where the routes stand. Only routes that the API contract names leave the plugin's own prefix. */
  prefix?: string
}

export interface RouteRegistration extends RouteOptions {
  plugin: string
  register: RoutePlugin
}

/** Collects what plugins serve. */
export interface RouteRegistry {
  add(registration: RouteRegistration): void
}

export interface MountEvents {
  /** @param route such as `GET /api/plugins/open-files/peaks` */
  onRoute(plugin: string, route: string): void
  onFailure(plugin: string, error: MonError): void
}

/**
 * Loads each registration in an encapsulated context of its own, so that a plugin's hooks,
 * decorators and parsers stay with its own routes. Fastify's `ready()` would reject as a
 * whole if one of them threw; here the others are served.
 */
export async function mountRoutes(
  app: FastifyInstance,
  registrations: readonly RouteRegistration[],
  defaultPrefix: string,
  events: MountEvents,
): Promise<void> {
  for (const { plugin, register, prefix } of registrations) {
    await app.register(
      async (context, options) => {
        context.addHook('onRoute', ({ method, url }) => {
          // Fastify adds a HEAD to every GET by itself.
          if (method !== 'HEAD') events.onRoute(plugin, `${method} ${url}`)
        })
        try {
          await register(context, options)
        } catch (error) {
          events.onFailure(plugin, asPluginError(error, `Plugin "${plugin}": its routes`))
        }
      },
      { prefix: prefix ?? `${defaultPrefix}/${plugin}` },
    )
  }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { MonError } from '../errors.js'
import { asPluginError } from './guard-taps.js'

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

/**
 * Loads each registration in an encapsulated context of its own, so that a plugin's hooks,
 * decorators and parsers stay with its own routes. Fastify's `ready()` would reject as a
 * whole if one of them threw; here the others are served.
 */
export async function mountRoutes(
  app: FastifyInstance,
  registrations: readonly RouteRegistration[],
  defaultPrefix: string,
  onFailure: (plugin: string, error: MonError) => void,
): Promise<void> {
  for (const { plugin, register, prefix } of registrations) {
    await app.register(
      async (context, options) => {
        try {
          await register(context, options)
        } catch (error) {
          onFailure(plugin, asPluginError(error, `Plugin "${plugin}": its routes`))
        }
      },
      { prefix: prefix ?? `${defaultPrefix}/${plugin}` },
    )
  }
}

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { MonError } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import { withTimeLimit } from './time-limit.js'

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

export interface MountOptions {
  /** A plugin's routes stand below `<default_prefix>/<id>` unless it says otherwise. */
  default_prefix: string
  /** How long one registration may take, milliseconds. */
  timeout_ms: number
  onFailure(plugin: string, error: MonError): void
}

/** After 10 s of one registration Fastify fails as a whole. */
const BEFORE_FASTIFY_GIVES_UP_MS = 9_000

/**
 * Loads each registration in an encapsulated context of its own, so that a plugin's hooks,
 * decorators and parsers stay with its own routes. Fastify's `ready()` would reject as a
 * whole if one of them threw; here the others are served.
 */
export async function mountRoutes(
  app: FastifyInstance,
  registrations: readonly RouteRegistration[],
  { default_prefix, timeout_ms, onFailure }: MountOptions,
): Promise<void> {
  const limit = Math.min(timeout_ms, BEFORE_FASTIFY_GIVES_UP_MS)
  for (const { plugin, register, prefix } of registrations) {
    const what = `Plugin "${plugin}": its routes`
    await app.register(
      async (context, options) => {
        try {
          await withTimeLimit(register(context, options), limit, what)
        } catch (error) {
          onFailure(plugin, asPluginError(error, what))
        }
      },
      { prefix: prefix ?? `${default_prefix}/${plugin}` },
    )
  }
}

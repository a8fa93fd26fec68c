import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { MonError } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import { withTimeLimit } from './time-limit.js'

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

export interface MountOptions {
  /** A plugin's routes stand below `<default_prefix>/<id>` unless it says otherwise. */
  default_prefix: string
  /** How long one registration may take, milliseconds. */
  timeout_ms: number
  /** A server like the one the routes are for. */
  createServer(): FastifyInstance
  /** @param route such as `GET /api/plugins/open-files/peaks` */
  onRoute(plugin: string, route: string): void
  onFailure(plugin: string, error: MonError): void
}

/** After 10 s of one registration Fastify fails as a whole. */
const BEFORE_FASTIFY_GIVES_UP_MS = 9_000

/**
 * Loads each registration in an encapsulated context of its own, so that a plugin's hooks,
 * decorators and parsers stay with its own routes.
 *
 * Fastify's `ready()` rejects as a whole for one bad schema, nested plugin or `onReady` hook, and
 * cannot be mended after. So each registration is first tried on a server that is thrown away.
 */
export async function mountRoutes(
  app: FastifyInstance,
  registrations: readonly RouteRegistration[],
  { default_prefix, timeout_ms, createServer, onRoute, onFailure }: MountOptions,
): Promise<void> {
  const limit = Math.min(timeout_ms, BEFORE_FASTIFY_GIVES_UP_MS)
  for (const { plugin, register, prefix = `${default_prefix}/${plugin}` } of registrations) {
    const what = `Plugin "${plugin}": its routes`
    const rehearsal = createServer()
    try {
      rehearsal.register(register, { prefix })
      await withTimeLimit(Promise.resolve(rehearsal.ready()), limit, what)
      const watched = watch(register, {
        onRoute: (route) => onRoute(plugin, route),
        onError: (error) => onFailure(plugin, asPluginError(error, what)),
      })
      await app.register(watched, { prefix })
    } catch (error) {
      onFailure(plugin, asPluginError(error, what))
    } finally {
      // One that hangs would not close either.
      void Promise.resolve(rehearsal.close()).catch(() => undefined)
    }
  }
}

interface Watcher {
  onRoute(route: string): void
  /** What the rehearsal could not show: an address that another plugin serves already. */
  onError(error: unknown): void
}

function watch(register: RoutePlugin, { onRoute, onError }: Watcher): RoutePlugin {
  return async (context, options) => {
    context.addHook('onRoute', ({ method, url }) => {
      // Fastify adds a HEAD to every GET by itself.
      if (method !== 'HEAD') onRoute(`${method} ${url}`)
    })
    try {
      await register(context, options)
    } catch (error) {
      onError(error)
    }
  }
}

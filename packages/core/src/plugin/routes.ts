import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

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

/** Collects what plugins serve; each registration is loaded in an encapsulated context of its own. */
export interface RouteRegistry {
  add(registration: RouteRegistration): void
}
